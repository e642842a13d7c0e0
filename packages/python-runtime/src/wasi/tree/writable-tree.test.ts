import { describe, expect, it } from "vitest";
import { FdFlag, FileType, OpenFlag, Right, TimeFlag, Whence } from "../abi.js";
import { Errno } from "../errno.js";
import { READING, RESULT, TestGuest } from "../test/test-guest.js";
import { type WritableTreeOptions, writableTree } from "./writable-tree.js";

const { CREAT, DIRECTORY, EXCL, TRUNC } = OpenFlag;

function guestWith(options: Partial<WritableTreeOptions> = {}): TestGuest {
  return new TestGuest({ files: writableTree({ quotaBytes: 1_000_000, ...options }) });
}

const mkdir = (guest: TestGuest, path: string, at = 3) =>
  guest.call.path_create_directory(at, ...guest.put(path));
const rmdir = (guest: TestGuest, path: string) => guest.call.path_remove_directory(3, ...guest.put(path));
const unlink = (guest: TestGuest, path: string) => guest.call.path_unlink_file(3, ...guest.put(path));
const rename = (guest: TestGuest, from: string, to: string) =>
  guest.call.path_rename(3, ...guest.put(from), 3, ...guest.put(to));
const pwrite = (guest: TestGuest, fd: number, text: string, offset: bigint) =>
  guest.call.fd_pwrite(fd, ...guest.iovecs(guest.put(text)), offset, RESULT);

/** How many bytes can still be written, found by trying. */
function spaceLeft(guest: TestGuest): number {
  const fd = guest.fd("space-left", { openFlags: CREAT });
  let fits = 0;
  for (let step = 2 ** 22; step >= 4096; step /= 2) {
    if (guest.call.fd_allocate(fd, 0n, BigInt(fits + step)) === Errno.SUCCESS) fits += step;
  }
  guest.call.fd_close(fd);
  unlink(guest, "space-left");
  return fits;
}

describe("writing files", () => {
  it("creates, reads back, and replaces", () => {
    const guest = guestWith();
    guest.call.fd_close(guest.create("a.txt", "first version"));
    expect(guest.content("a.txt")).toBe("first version");
    const fd = guest.fd("a.txt", { openFlags: CREAT | TRUNC });
    expect(guest.stat("a.txt").size).toBe(0n);
    guest.write(fd, "second");
    expect(guest.content("a.txt")).toBe("second");
  });

  it("creates only what is not there, where that is asked for", () => {
    const guest = guestWith();
    expect(guest.open("a", { openFlags: CREAT | EXCL }).errno).toBe(Errno.SUCCESS);
    expect(guest.open("a", { openFlags: CREAT | EXCL }).errno).toBe(Errno.EXIST);
    expect(guest.open("none/a", { openFlags: CREAT }).errno).toBe(Errno.NOENT);
    expect(guest.open("a/b", { openFlags: CREAT }).errno).toBe(Errno.NOTDIR);
    expect(guest.open("b/", { openFlags: CREAT }).errno).toBe(Errno.ISDIR);
    expect(guest.open("b", { openFlags: CREAT | DIRECTORY }).errno).toBe(Errno.INVAL);
    expect(guest.open(".", { openFlags: CREAT }).errno).toBe(Errno.ISDIR);
    expect(guest.open(".", { openFlags: CREAT | EXCL }).errno).toBe(Errno.EXIST);
  });

  it("appends at the end, wherever the position is", () => {
    const guest = guestWith();
    const other = guest.create("log", "one ");
    const fd = guest.fd("log", { fdFlags: FdFlag.APPEND });
    guest.write(fd, "two ");
    guest.write(other, "THREE");
    guest.call.fd_seek(fd, 0n, Whence.SET, RESULT);
    guest.write(fd, " four");
    expect(guest.content("log")).toBe("one THREE four");
  });

  it("at a given place leaves the position alone, and fills a gap with zeros", () => {
    const guest = guestWith();
    const fd = guest.create("a", "0123456789");
    expect(pwrite(guest, fd, "AB", 2n)).toBe(Errno.SUCCESS);
    expect(pwrite(guest, fd, "C", 12n)).toBe(Errno.SUCCESS);
    guest.write(fd, "x");
    expect(guest.content("a")).toBe("01AB456789x\0C");
  });

  it("keeps bytes right across many pages and odd places", () => {
    const guest = guestWith();
    const expected = new Uint8Array(30_000);
    const fd = guest.create("a");
    for (let i = 0; i < 40; i++) {
      const start = (i * 7919) % 29_000;
      const bytes = new Uint8Array(1 + ((i * 613) % 1000)).fill(i + 1);
      expected.set(bytes, start);
      guest.call.fd_seek(fd, BigInt(start), Whence.SET, RESULT);
      expect(guest.write(fd, bytes)).toEqual({ errno: Errno.SUCCESS, count: bytes.length });
    }
    const size = Number(guest.stat("a").size);
    guest.bytes(70_000, size).fill(255);
    expect(guest.call.fd_pread(fd, ...guest.iovecs([70_000, 40_000]), 0n, RESULT)).toBe(Errno.SUCCESS);
    expect(guest.u32()).toBe(size);
    expect(Buffer.from(guest.bytes(70_000, size)).equals(expected.subarray(0, size))).toBe(true);
  });

  it("cuts and grows, and what was cut does not come back", () => {
    const guest = guestWith();
    const fd = guest.create("a", "hello world");
    expect(guest.call.fd_filestat_set_size(fd, 5n)).toBe(Errno.SUCCESS);
    expect(guest.content("a")).toBe("hello");
    expect(guest.call.fd_filestat_set_size(fd, 8n)).toBe(Errno.SUCCESS);
    expect(guest.content("a")).toBe("hello\0\0\0");
    expect(guest.call.fd_allocate(fd, 8n, 2n)).toBe(Errno.SUCCESS);
    expect(guest.content("a")).toBe("hello\0\0\0\0\0");
    expect(guest.call.fd_allocate(fd, 0n, 1n)).toBe(Errno.SUCCESS);
    expect(guest.stat("a").size).toBe(10n);
    expect(guest.call.fd_allocate(fd, 0n, 0n)).toBe(Errno.INVAL);
  });

  it("needs the right to write", () => {
    const guest = guestWith();
    guest.create("a", "abc");
    const fd = guest.fd("a", { rights: READING });
    expect(guest.write(fd, "x").errno).toBe(Errno.NOTCAPABLE);
    const writeOnly = guest.fd("a", { rights: Right.FD_WRITE });
    expect(guest.read(writeOnly).errno).toBe(Errno.NOTCAPABLE);
    expect(guest.write(writeOnly, "x").errno).toBe(Errno.SUCCESS);
  });

  it("does not change files that the host put there, but can put others in their place", () => {
    const guest = guestWith({ files: { "lib/a.py": new TextEncoder().encode("host") } });
    expect(guest.open("lib/a.py").errno).toBe(Errno.ROFS);
    expect(guest.open("lib/a.py", { openFlags: TRUNC, rights: READING }).errno).toBe(Errno.ROFS);
    expect(guest.call.path_filestat_set_times(3, 0, ...guest.put("lib/a.py"), 1n, 1n, 5)).toBe(Errno.ROFS);
    guest.create("lib/b.py", "guest");
    expect(rename(guest, "lib/b.py", "lib/a.py")).toBe(Errno.SUCCESS);
    expect(guest.content("lib/a.py")).toBe("guest");
  });
});

describe("directories", () => {
  it("are made, listed and removed", () => {
    const guest = guestWith({ directories: ["tmp"] });
    expect(mkdir(guest, "tmp/d")).toBe(Errno.SUCCESS);
    expect(mkdir(guest, "tmp/e/")).toBe(Errno.SUCCESS);
    expect(mkdir(guest, "tmp/d")).toBe(Errno.EXIST);
    expect(mkdir(guest, ".")).toBe(Errno.EXIST);
    expect(mkdir(guest, "none/d")).toBe(Errno.NOENT);
    guest.create("tmp/d/f");
    expect(guest.list(guest.fd("tmp", { rights: READING }))).toEqual([".", "..", "d", "e"]);
    expect(rmdir(guest, "tmp/d")).toBe(Errno.NOTEMPTY);
    expect(rmdir(guest, "tmp/d/f")).toBe(Errno.NOTDIR);
    expect(unlink(guest, "tmp/d")).toBe(Errno.ISDIR);
    expect(unlink(guest, ".")).toBe(Errno.ISDIR);
    expect(rmdir(guest, ".")).toBe(Errno.INVAL);
    expect(rmdir(guest, "none")).toBe(Errno.NOENT);
    expect(unlink(guest, "none")).toBe(Errno.NOENT);
    expect(unlink(guest, "tmp/d/f")).toBe(Errno.SUCCESS);
    expect(rmdir(guest, "tmp/d")).toBe(Errno.SUCCESS);
    expect(guest.stat("tmp/d").errno).toBe(Errno.NOENT);
  });

  it("show every entry once to a guest that removes entries while it reads", () => {
    const guest = guestWith();
    const names = Array.from({ length: 60 }, (_, i) => `file-${i}`);
    for (const name of names) guest.call.fd_close(guest.create(name));
    const seen = guest.list(3, 200, (name) => {
      if (!name.startsWith(".")) expect(unlink(guest, name)).toBe(Errno.SUCCESS);
    });
    expect(seen).toEqual([".", "..", ...names]);
    expect(guest.list(3)).toEqual([".", ".."]);
  });

  it("that are removed while open stay empty", () => {
    const guest = guestWith();
    mkdir(guest, "d");
    const at = guest.fd("d", { rights: READING, openFlags: DIRECTORY });
    expect(rmdir(guest, "d")).toBe(Errno.SUCCESS);
    expect(guest.open("f", { at, openFlags: CREAT }).errno).toBe(Errno.NOENT);
    expect(mkdir(guest, "e", at)).toBe(Errno.NOENT);
    guest.create("f");
    expect(guest.call.path_rename(3, ...guest.put("f"), at, ...guest.put("f"))).toBe(Errno.NOENT);
    expect(guest.list(at)).toEqual([".", ".."]);
  });
});

describe("renaming", () => {
  it("moves files and whole directories", () => {
    const guest = guestWith();
    mkdir(guest, "a");
    mkdir(guest, "b");
    guest.create("a/f", "text");
    expect(rename(guest, "a/f", "b/g")).toBe(Errno.SUCCESS);
    expect(rename(guest, "b", "a/b")).toBe(Errno.SUCCESS);
    expect(guest.content("a/b/g")).toBe("text");
    expect(guest.stat("b").errno).toBe(Errno.NOENT);
  });

  it("replaces only what it may", () => {
    const guest = guestWith();
    for (const path of ["empty", "full", "full/sub", "dir"]) mkdir(guest, path);
    guest.create("file", "1");
    guest.create("other", "2");
    expect(rename(guest, "file", "other")).toBe(Errno.SUCCESS);
    expect(guest.content("other")).toBe("1");
    expect(rename(guest, "other", "dir")).toBe(Errno.ISDIR);
    expect(rename(guest, "dir", "other")).toBe(Errno.NOTDIR);
    expect(rename(guest, "dir", "full")).toBe(Errno.NOTEMPTY);
    expect(rename(guest, "dir", "empty")).toBe(Errno.SUCCESS);
    expect(rename(guest, "none", "x")).toBe(Errno.NOENT);
    expect(rename(guest, "other", "new/")).toBe(Errno.NOTDIR);
    expect(rename(guest, ".", "x")).toBe(Errno.BUSY);
    expect(rename(guest, "other", "other")).toBe(Errno.SUCCESS);
    expect(guest.content("other")).toBe("1");
  });

  it("does not put a directory into itself", () => {
    const guest = guestWith();
    for (const path of ["a", "a/b", "a/b/c"]) mkdir(guest, path);
    expect(rename(guest, "a", "a/b/c/d")).toBe(Errno.INVAL);
    expect(rename(guest, "a", "a/x")).toBe(Errno.INVAL);
    expect(rename(guest, "a/b/c", "c")).toBe(Errno.SUCCESS);
    expect(rename(guest, "a", "c/a")).toBe(Errno.SUCCESS);
    expect(rename(guest, "c", "c/a/b/c")).toBe(Errno.INVAL);
  });
});

describe("dates", () => {
  it("are the run's time when something is made or written", () => {
    const guest = guestWith();
    const fd = guest.create("a");
    expect(guest.stat("a")).toMatchObject({ modified: guest.powers.nowNs, accessed: guest.powers.nowNs });
    const before = guest.powers.nowNs;
    guest.powers.nowNs += 5n;
    guest.write(fd, "x");
    expect(guest.stat("a")).toMatchObject({ modified: before + 5n, accessed: before });
  });

  it("can be set, by path and by descriptor", () => {
    const guest = guestWith();
    const fd = guest.create("a");
    const set = (accessed: bigint, modified: bigint, flags: number) =>
      guest.call.path_filestat_set_times(3, 1, ...guest.put("a"), accessed, modified, flags);
    expect(set(11n, 22n, TimeFlag.ATIM | TimeFlag.MTIM)).toBe(Errno.SUCCESS);
    expect(guest.stat("a")).toMatchObject({ accessed: 11n, modified: 22n });
    expect(guest.call.fd_filestat_set_times(fd, 0n, 33n, TimeFlag.ATIM_NOW | TimeFlag.MTIM)).toBe(
      Errno.SUCCESS,
    );
    expect(guest.stat("a")).toMatchObject({ accessed: guest.powers.nowNs, modified: 33n });
    expect(set(1n, 1n, TimeFlag.ATIM | TimeFlag.ATIM_NOW)).toBe(Errno.INVAL);
    expect(set(1n, 1n, 16)).toBe(Errno.INVAL);
    expect(guest.call.fd_filestat_set_times(3, 1n, 1n, TimeFlag.MTIM)).toBe(Errno.SUCCESS);
  });

  it("are the same in every run with a fixed clock", () => {
    const run = () => {
      const files = writableTree({ quotaBytes: 100_000 });
      const guest = new TestGuest({ files, clock: { nowMs: 1_000 } });
      guest.create("a", "x");
      return guest.stat("a");
    };
    const first = run();
    expect(first.modified).toBeGreaterThan(1_000_000_000n);
    expect(run()).toEqual(first);
  });
});

describe("the quota", () => {
  it("ends a write with ENOSPC, after what still fitted", () => {
    const guest = guestWith({ quotaBytes: 100_000 });
    const fd = guest.create("a");
    const from = [0, 120_000] as const;
    expect(guest.call.fd_write(fd, ...guest.iovecs(from), RESULT)).toBe(Errno.SUCCESS);
    expect(guest.u32()).toBe(65_536);
    expect(guest.call.fd_write(fd, ...guest.iovecs(from), RESULT)).toBe(Errno.NOSPC);
    expect(guest.stat("a").size).toBe(65_536n);
  });

  it("counts every file and directory, however empty", () => {
    const guest = guestWith({ quotaBytes: 50_000 });
    let made = 0;
    while (mkdir(guest, `d${made}`) === Errno.SUCCESS) made += 1;
    expect(made).toBe(48);
    expect(mkdir(guest, "more")).toBe(Errno.NOSPC);
    expect(guest.open("f", { openFlags: CREAT }).errno).toBe(Errno.NOSPC);
    rmdir(guest, "d0");
    expect(guest.open("f", { openFlags: CREAT }).errno).toBe(Errno.SUCCESS);
  });

  it("lets what is there be written over when nothing more fits", () => {
    const guest = guestWith({ quotaBytes: 20_000 });
    const fd = guest.create("a");
    while (guest.write(fd, new Uint8Array(4096)).errno === Errno.SUCCESS);
    expect(pwrite(guest, fd, "again", 4090n)).toBe(Errno.SUCCESS);
  });

  it("gets back what is cut off, removed or replaced", () => {
    const guest = guestWith();
    const before = spaceLeft(guest);
    const fd = guest.create("a", new Uint8Array(50_000));
    guest.call.fd_filestat_set_size(fd, 0n);
    guest.call.fd_close(fd);
    unlink(guest, "a");
    guest.call.fd_close(guest.create("b", new Uint8Array(50_000)));
    guest.call.fd_close(guest.create("c", "c"));
    rename(guest, "c", "b");
    unlink(guest, "b");
    mkdir(guest, "d");
    rmdir(guest, "d");
    expect(spaceLeft(guest)).toBe(before);
  });

  it("goes on counting a removed file that is still open", () => {
    const guest = guestWith({ quotaBytes: 100_000 });
    const fd = guest.create("a", new Uint8Array(50_000));
    unlink(guest, "a");
    expect(guest.stat("a").errno).toBe(Errno.NOENT);
    expect(guest.call.fd_filestat_get(fd, RESULT)).toBe(Errno.SUCCESS);
    expect(guest.statAt(RESULT)).toMatchObject({ size: 50_000n, links: 0n, fileType: FileType.REGULAR_FILE });
    const next = guest.create("b");
    expect(guest.write(next, new Uint8Array(50_000)).errno).toBe(Errno.NOSPC);
    guest.call.fd_close(fd);
    expect(guest.write(next, new Uint8Array(50_000)).errno).toBe(Errno.SUCCESS);
  });

  it("gets back what a run left open, when another begins in the same tree", () => {
    const files = writableTree({ quotaBytes: 100_000 });
    const guest = new TestGuest({ files });
    guest.create("a", new Uint8Array(60_000));
    unlink(guest, "a");
    guest.begin({ files });
    const fd = guest.create("b");
    expect(guest.write(fd, new Uint8Array(60_000)).errno).toBe(Errno.SUCCESS);
  });

  it("is not asked for the holes in a file", () => {
    const guest = guestWith();
    const fd = guest.create("a");
    expect(guest.call.fd_filestat_set_size(fd, 1n << 39n)).toBe(Errno.SUCCESS);
    expect(pwrite(guest, fd, "end", 1n << 38n)).toBe(Errno.SUCCESS);
    const at = guest.room(8);
    expect(guest.call.fd_pread(fd, ...guest.iovecs([at, 8]), (1n << 38n) - 2n, RESULT)).toBe(Errno.SUCCESS);
    expect(new TextDecoder().decode(guest.bytes(at, 8))).toBe("\0\0end\0\0\0");
  });

  it("refuses at once what can never fit", () => {
    const guest = guestWith();
    const fd = guest.create("a");
    expect(guest.call.fd_allocate(fd, 0n, 1n << 40n)).toBe(Errno.NOSPC);
    expect(guest.call.fd_allocate(fd, 0n, -1n)).toBe(Errno.FBIG);
    expect(guest.call.fd_allocate(fd, -1n, -1n)).toBe(Errno.FBIG);
    expect(guest.call.fd_filestat_set_size(fd, (1n << 40n) + 1n)).toBe(Errno.FBIG);
    expect(guest.call.fd_filestat_set_size(fd, -1n)).toBe(Errno.FBIG);
    expect(pwrite(guest, fd, "x", 1n << 40n)).toBe(Errno.FBIG);
    expect(pwrite(guest, fd, "x", -1n)).toBe(Errno.FBIG);
    expect(guest.stat("a").size).toBe(0n);
  });

  it("has to be a number of bytes", () => {
    for (const quotaBytes of [-1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => writableTree({ quotaBytes })).toThrow(TypeError);
    }
  });
});

describe("what the host puts in", () => {
  it("cannot be there twice, or lie below a file", () => {
    const bytes = new Uint8Array();
    expect(() => writableTree({ quotaBytes: 0, files: { a: bytes, "/a": bytes } })).toThrow(TypeError);
    expect(() => writableTree({ quotaBytes: 0, files: { a: bytes, "a/b": bytes } })).toThrow(TypeError);
    expect(() => writableTree({ quotaBytes: 0, files: { "a/b": bytes, a: bytes } })).toThrow(TypeError);
    expect(() => writableTree({ quotaBytes: 0, directories: ["../x"] })).toThrow(TypeError);
  });

  it("is not charged to the guest", () => {
    const guest = guestWith({
      quotaBytes: 0,
      files: { "a/b/c": new Uint8Array(5000) },
      directories: ["tmp"],
    });
    expect(guest.stat("a/b/c").size).toBe(5000n);
    expect(guest.open("f", { openFlags: CREAT }).errno).toBe(Errno.NOSPC);
  });
});
