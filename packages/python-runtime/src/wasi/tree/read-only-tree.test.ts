import { describe, expect, it } from "vitest";
import { ALL_RIGHTS, FileType, OpenFlag, Right, Whence } from "../abi.js";
import { Errno } from "../errno.js";
import { READING, RESULT, TestGuest } from "../test/test-guest.js";
import { readOnlyTree } from "./read-only-tree.js";

const text = (value: string) => new TextEncoder().encode(value);
const files = {
  "a.txt": text("hello, guest"),
  "/data/b.bin": new Uint8Array([1, 2, 3]),
  "data/deep/er/c": text("c"),
  "data/ünï": text("u"),
};
const guestWith = () => new TestGuest({ files });
const directory = (guest: TestGuest, path: string) =>
  guest.fd(path, { openFlags: OpenFlag.DIRECTORY, rights: READING });

describe("reading files", () => {
  it("goes on where it stopped, and ends at the end", () => {
    const guest = guestWith();
    const fd = guest.fd("a.txt", { rights: READING });
    expect(guest.read(fd, 5).text).toBe("hello");
    expect(guest.call.fd_tell(fd, RESULT)).toBe(Errno.SUCCESS);
    expect(guest.u64()).toBe(5n);
    expect(guest.read(fd, 100).text).toBe(", guest");
    expect(guest.read(fd, 100)).toEqual({ errno: Errno.SUCCESS, text: "" });
  });

  it("fills several buffers in order, and no more than there is", () => {
    const guest = guestWith();
    const fd = guest.fd("a.txt", { rights: READING });
    const [first, second] = [guest.room(3), guest.room(30)];
    expect(guest.call.fd_read(fd, ...guest.iovecs([first, 3], [second, 30]), RESULT)).toBe(Errno.SUCCESS);
    expect(guest.u32()).toBe(12);
    expect(new TextDecoder().decode(guest.bytes(first, 3))).toBe("hel");
    expect(new TextDecoder().decode(guest.bytes(second, 9))).toBe("lo, guest");
  });

  it("may overwrite the very list of buffers that it reads into", () => {
    const guest = guestWith();
    const fd = guest.fd("a.txt", { rights: READING });
    const [list] = guest.iovecs([0, 4], [0, 8]);
    guest.view().setUint32(list, list, true);
    guest.view().setUint32(list + 8, list + 4, true);
    expect(guest.call.fd_read(fd, list, 2, RESULT)).toBe(Errno.SUCCESS);
    expect(new TextDecoder().decode(guest.bytes(list, 12))).toBe("hello, guest");
  });

  it("at a given place leaves the position alone", () => {
    const guest = guestWith();
    const fd = guest.fd("a.txt", { rights: READING });
    const at = guest.room(5);
    expect(guest.call.fd_pread(fd, ...guest.iovecs([at, 5]), 7n, RESULT)).toBe(Errno.SUCCESS);
    expect(new TextDecoder().decode(guest.bytes(at, guest.u32()))).toBe("guest");
    expect(guest.call.fd_pread(fd, ...guest.iovecs([at, 5]), -1n, RESULT)).toBe(Errno.SUCCESS);
    expect(guest.u32()).toBe(0);
    expect(guest.read(fd, 5).text).toBe("hello");
  });

  it("can start anywhere, even past the end", () => {
    const guest = guestWith();
    const fd = guest.fd("a.txt", { rights: READING });
    const seek = (offset: bigint, whence: number) => {
      const errno = guest.call.fd_seek(fd, offset, whence, RESULT);
      return errno === Errno.SUCCESS ? guest.u64() : errno;
    };
    expect(seek(-5n, Whence.END)).toBe(7n);
    expect(guest.read(fd, 100).text).toBe("guest");
    expect(seek(-12n, Whence.CUR)).toBe(0n);
    expect(seek(1_000n, Whence.SET)).toBe(1_000n);
    expect(guest.read(fd, 100)).toEqual({ errno: Errno.SUCCESS, text: "" });
    expect(seek(-1n, Whence.SET)).toBe(Errno.INVAL);
    expect(seek(2n ** 62n, Whence.SET)).toBe(Errno.INVAL);
    expect(seek(0n, 3)).toBe(Errno.INVAL);
    expect(seek(0n, Whence.CUR)).toBe(1_000n);
  });

  it("needs the right to read", () => {
    const guest = guestWith();
    const fd = guest.fd("a.txt", { rights: Right.FD_SEEK });
    expect(guest.read(fd).errno).toBe(Errno.NOTCAPABLE);
    expect(guest.call.fd_pread(fd, ...guest.iovecs([0, 1]), 0n, RESULT)).toBe(Errno.NOTCAPABLE);
  });
});

describe("looking at a tree", () => {
  it("tells files from directories, and their sizes", () => {
    const guest = guestWith();
    expect(guest.stat("a.txt")).toMatchObject({
      errno: 0,
      fileType: FileType.REGULAR_FILE,
      size: 12n,
      links: 1n,
    });
    expect(guest.stat("data")).toMatchObject({ errno: 0, fileType: FileType.DIRECTORY });
    expect(guest.stat(".")).toMatchObject({ errno: 0, fileType: FileType.DIRECTORY });
    expect(guest.stat("data/ünï")).toMatchObject({ errno: 0, size: 1n });
  });

  it("gives every node a number of its own, the same in every run", () => {
    const guest = guestWith();
    const paths = [".", "a.txt", "data", "data/b.bin", "data/deep", "data/deep/er", "data/deep/er/c"];
    const inodes = () => paths.map((path) => guest.stat(path).inode);
    const first = inodes();
    expect(new Set(first).size).toBe(paths.length);
    expect(first).not.toContain(0n);
    guest.begin({ files });
    expect(inodes()).toEqual(first);
  });

  it.each([4096, 64, 40, 33])("lists a directory whatever the size of the buffer (%i)", (size) => {
    const guest = guestWith();
    expect(guest.list(directory(guest, "data"), size)).toEqual([".", "..", "b.bin", "deep", "ünï"]);
  });

  it("fills a buffer to its last byte, so that libc knows that there is more", () => {
    const guest = guestWith();
    expect(guest.call.fd_readdir(3, 600, 30, 0n, RESULT)).toBe(Errno.SUCCESS);
    expect(guest.u32()).toBe(30);
    expect(guest.call.fd_readdir(3, 600, 0, 0n, RESULT)).toBe(Errno.SUCCESS);
    expect(guest.u32()).toBe(0);
  });

  it("finds nothing after a cookie that it never gave", () => {
    const guest = guestWith();
    expect(guest.call.fd_readdir(3, 600, 100, -1n, RESULT)).toBe(Errno.SUCCESS);
    expect(guest.u32()).toBe(0);
  });

  it("lists no files", () => {
    const guest = guestWith();
    const fd = guest.fd("a.txt", { rights: READING });
    expect(guest.call.fd_readdir(fd, 600, 100, 0n, RESULT)).toBe(Errno.NOTCAPABLE);
  });

  it("knows no links", () => {
    const guest = guestWith();
    expect(guest.call.path_readlink(3, ...guest.put("a.txt"), 600, 10, RESULT)).toBe(Errno.INVAL);
    expect(guest.call.path_readlink(3, ...guest.put("none"), 600, 10, RESULT)).toBe(Errno.NOENT);
    expect(guest.call.path_symlink(...guest.put("a.txt"), 3, ...guest.put("l"))).toBe(Errno.PERM);
    expect(guest.call.path_link(3, 0, ...guest.put("a.txt"), 3, ...guest.put("l"))).toBe(Errno.PERM);
  });

  it("can be from a directory down, and never up", () => {
    const guest = guestWith();
    const at = directory(guest, "data/deep");
    expect(guest.open("er/c", { at, rights: READING }).errno).toBe(Errno.SUCCESS);
    expect(guest.open("er/../er/c", { at, rights: READING }).errno).toBe(Errno.SUCCESS);
    expect(guest.open("../b.bin", { at, rights: READING }).errno).toBe(Errno.NOTCAPABLE);
    expect(guest.open("er/../../b.bin", { at, rights: READING }).errno).toBe(Errno.NOTCAPABLE);
    const file = guest.fd("a.txt", { rights: READING });
    expect(guest.open("x", { at: file, rights: READING }).errno).toBe(Errno.NOTCAPABLE);
  });
});

describe("a hostile path", () => {
  const long = "x".repeat(256);
  it.each([
    ["empty", "", Errno.NOENT],
    ["absolute", "/a.txt", Errno.NOTCAPABLE],
    ["the parent", "..", Errno.NOTCAPABLE],
    ["up and down", "data/../../a.txt", Errno.NOTCAPABLE],
    ["up through nothing", "none/../a.txt", Errno.NOENT],
    ["up through a file", "a.txt/../a.txt", Errno.NOTDIR],
    ["with a NUL", "a.txt\0", Errno.INVAL],
    ["not UTF-8", new Uint8Array([0x61, 0xff]), Errno.ILSEQ],
    ["a surrogate in UTF-8", new Uint8Array([0xed, 0xa0, 0x80]), Errno.ILSEQ],
    ["with a name that is too long", long, Errno.NAMETOOLONG],
    ["with a name that is too long in UTF-8 only", "é".repeat(128), Errno.NAMETOOLONG],
    ["too long", "a/".repeat(2049), Errno.NAMETOOLONG],
    ["a file taken for a directory", "a.txt/", Errno.NOTDIR],
    ["a file taken for a directory, with a dot", "a.txt/.", Errno.NOTDIR],
    ["below a file", "a.txt/b", Errno.NOTDIR],
    ["an object's own property", "__proto__", Errno.NOENT],
    ["an object's method", "constructor", Errno.NOENT],
    ["with a byte order mark, which is part of the name", "\ufeffa.txt", Errno.NOENT],
  ])("that is %s is refused", (_, path, errno) => {
    const guest = guestWith();
    expect(guest.open(path, { rights: READING }).errno).toBe(errno);
    expect(guest.call.path_filestat_get(3, 0, ...guest.put(path), RESULT)).toBe(errno);
  });

  it("with dots and doubled slashes leads where it says", () => {
    const guest = guestWith();
    expect(guest.stat("./data//deep/../b.bin")).toMatchObject({ errno: 0, size: 3n });
    expect(guest.stat("data/deep/..")).toMatchObject({ inode: guest.stat("data").inode });
    expect(guest.stat("data/")).toMatchObject({ errno: 0 });
  });

  it("cannot come from outside the memory", () => {
    const guest = guestWith();
    const end = guest.memory.buffer.byteLength;
    expect(guest.call.path_filestat_get(3, 0, end - 2, 3, RESULT)).toBe(Errno.FAULT);
    expect(guest.call.path_filestat_get(3, 0, -1, 3, RESULT)).toBe(Errno.FAULT);
    expect(guest.call.path_filestat_get(3, 0, 0, -1, RESULT)).toBe(Errno.NAMETOOLONG);
  });
});

describe("changing a tree that can only be read", () => {
  it("is refused, whatever the way", () => {
    const guest = guestWith();
    const { call } = guest;
    const a = () => guest.put("a.txt");
    expect(guest.open("a.txt", { rights: ALL_RIGHTS }).errno).toBe(Errno.ROFS);
    expect(guest.open("a.txt", { rights: Right.FD_WRITE }).errno).toBe(Errno.ROFS);
    expect(guest.open("a.txt", { openFlags: OpenFlag.TRUNC, rights: READING }).errno).toBe(Errno.ROFS);
    expect(guest.open("new", { openFlags: OpenFlag.CREAT }).errno).toBe(Errno.ROFS);
    expect(call.path_create_directory(3, ...guest.put("d"))).toBe(Errno.ROFS);
    expect(call.path_unlink_file(3, ...a())).toBe(Errno.ROFS);
    expect(call.path_remove_directory(3, ...guest.put("data"))).toBe(Errno.ROFS);
    expect(call.path_rename(3, ...a(), 3, ...guest.put("b"))).toBe(Errno.ROFS);
    expect(call.path_filestat_set_times(3, 0, ...a(), 0n, 0n, 2)).toBe(Errno.ROFS);
    expect(guest.content("a.txt")).toBe("hello, guest");
    expect(guest.list(3)).toEqual([".", "..", "a.txt", "data"]);
  });

  it("is refused for a descriptor that was opened for reading", () => {
    const guest = guestWith();
    const fd = guest.fd("a.txt", { rights: READING });
    expect(guest.write(fd, "x").errno).toBe(Errno.NOTCAPABLE);
    expect(guest.call.fd_pwrite(fd, ...guest.iovecs([0, 1]), 0n, RESULT)).toBe(Errno.NOTCAPABLE);
    expect(guest.call.fd_filestat_set_size(fd, 0n)).toBe(Errno.NOTCAPABLE);
    expect(guest.call.fd_allocate(fd, 0n, 100n)).toBe(Errno.NOTCAPABLE);
    expect(guest.call.fd_filestat_set_times(fd, 0n, 0n, 2)).toBe(Errno.ROFS);
  });

  it("is something that libc can know before it tries", () => {
    const guest = guestWith();
    guest.call.fd_fdstat_get(3, RESULT);
    expect(Number(guest.u64(RESULT + 16)) & Right.FD_WRITE).toBe(0);
    expect(Number(guest.u64(RESULT + 16)) & Right.FD_READ).toBe(Right.FD_READ);
  });
});

describe("opening", () => {
  it("minds what kind of thing is asked for", () => {
    const guest = guestWith();
    expect(guest.open("a.txt", { openFlags: OpenFlag.DIRECTORY, rights: READING }).errno).toBe(Errno.NOTDIR);
    expect(guest.open("data", { rights: ALL_RIGHTS }).errno).toBe(Errno.ISDIR);
    expect(guest.open("none", { rights: READING }).errno).toBe(Errno.NOENT);
    expect(guest.open("a.txt", { openFlags: OpenFlag.CREAT | OpenFlag.EXCL }).errno).toBe(Errno.EXIST);
  });

  it("knows no flags but the specification's", () => {
    const guest = guestWith();
    expect(guest.open("a.txt", { openFlags: 16, rights: READING }).errno).toBe(Errno.INVAL);
    expect(guest.open("a.txt", { openFlags: -1, rights: READING }).errno).toBe(Errno.INVAL);
    expect(guest.open("a.txt", { fdFlags: 32, rights: READING }).errno).toBe(Errno.INVAL);
    const fd = guest.fd("a.txt", { fdFlags: 4, rights: READING });
    expect(guest.call.fd_fdstat_set_flags(fd, 32)).toBe(Errno.INVAL);
    expect(guest.call.fd_fdstat_set_flags(fd, 5)).toBe(Errno.SUCCESS);
    guest.call.fd_fdstat_get(fd, RESULT);
    expect(guest.view().getUint16(RESULT + 2, true)).toBe(5);
  });

  it("opens nothing when the answer has nowhere to go", () => {
    const guest = guestWith();
    const asked = BigInt(READING);
    const end = guest.memory.buffer.byteLength;
    expect(guest.call.path_open(3, 0, ...guest.put("a.txt"), 0, asked, asked, 0, end - 3)).toBe(Errno.FAULT);
    expect(guest.fd("a.txt", { rights: READING })).toBe(4);
  });

  it("passes on no right that the directory cannot pass on", () => {
    const guest = guestWith();
    expect(guest.call.fd_fdstat_set_rights(3, BigInt(Right.PATH_OPEN), BigInt(Right.FD_READ))).toBe(
      Errno.SUCCESS,
    );
    expect(guest.open("a.txt", { rights: READING }).errno).toBe(Errno.NOTCAPABLE);
    expect(guest.open("a.txt", { rights: Right.FD_READ }).errno).toBe(Errno.SUCCESS);
    expect(guest.stat("a.txt").errno).toBe(Errno.NOTCAPABLE);
  });

  it("lets advice and syncing pass", () => {
    const guest = guestWith();
    const fd = guest.fd("a.txt", { rights: READING });
    expect(guest.call.fd_advise(fd, 0n, 0n, 5)).toBe(Errno.SUCCESS);
    expect(guest.call.fd_advise(fd, 0n, 0n, 6)).toBe(Errno.INVAL);
    expect(guest.call.fd_sync(fd)).toBe(Errno.SUCCESS);
    expect(guest.call.fd_sync(3)).toBe(Errno.SUCCESS);
    expect(guest.call.fd_sync(1)).toBe(Errno.NOTCAPABLE);
  });
});

describe("what the host grants", () => {
  it.each([
    ["../a"],
    ["a/../b"],
    ["a//b"],
    ["a/"],
    [""],
    ["/"],
    ["a\0"],
    ["./a"],
    ["\ud800"],
    ["x".repeat(256)],
  ])("cannot be at the path %j", (path) => {
    expect(() => readOnlyTree({ [path]: new Uint8Array() })).toThrow(TypeError);
  });

  it("cannot be a file and a directory at once, or a file twice", () => {
    expect(() => readOnlyTree({ a: text(""), "a/b": text("") })).toThrow(TypeError);
    expect(() => readOnlyTree({ "a/b": text(""), a: text("") })).toThrow(TypeError);
    expect(() => readOnlyTree({ a: text(""), "/a": text("") })).toThrow(TypeError);
  });

  it("takes everything away where it cannot be", () => {
    const guest = guestWith();
    expect(() => guest.begin({ files: { "..": text("") } })).toThrow(TypeError);
    expect(guest.stat("a.txt").errno).toBe(Errno.BADF);
  });

  it("may be called like an object's own property", () => {
    const guest = new TestGuest({
      files: JSON.parse('{"__proto__/constructor": 1}') && { constructor: text("c") },
    });
    expect(guest.content("constructor")).toBe("c");
  });

  it("can be one tree for several guests", () => {
    const tree = readOnlyTree(files);
    const [one, two] = [new TestGuest({ files: tree }), new TestGuest({ files: tree })];
    const fd = one.fd("a.txt", { rights: READING });
    one.read(fd, 5);
    expect(two.content("a.txt")).toBe("hello, guest");
    expect(one.read(fd).text).toBe(", guest");
  });
});
