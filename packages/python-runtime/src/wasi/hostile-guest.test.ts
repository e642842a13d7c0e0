import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { StopRun } from "../port.js";
import { Errno } from "./errno.js";
import { ExitSignal } from "./exit-signal.js";
import { PAGE, READING, RESULT, TestGuest } from "./test/test-guest.js";
import { writableTree } from "./tree/writable-tree.js";

const END = 2 * PAGE;
const LAST_ERRNO = 76;

const files = { "a.txt": new TextEncoder().encode("hello, guest") };

/** Calls a function with a pointer to where its answer goes; the answer takes `size` bytes. */
const answers: Record<string, { size: number; call: (guest: TestGuest, pointer: number) => number }> = {
  "args_sizes_get (count)": { size: 4, call: ({ call }, p) => call.args_sizes_get(p, RESULT) },
  "args_sizes_get (size)": { size: 4, call: ({ call }, p) => call.args_sizes_get(RESULT, p) },
  "args_get (list)": { size: 8, call: ({ call }, p) => call.args_get(p, RESULT) },
  "args_get (text)": { size: 6, call: ({ call }, p) => call.args_get(RESULT, p) },
  "environ_sizes_get (count)": { size: 4, call: ({ call }, p) => call.environ_sizes_get(p, RESULT) },
  "environ_sizes_get (size)": { size: 4, call: ({ call }, p) => call.environ_sizes_get(RESULT, p) },
  "environ_get (list)": { size: 4, call: ({ call }, p) => call.environ_get(p, RESULT) },
  "environ_get (text)": { size: 4, call: ({ call }, p) => call.environ_get(RESULT, p) },
  clock_res_get: { size: 8, call: ({ call }, p) => call.clock_res_get(0, p) },
  clock_time_get: { size: 8, call: ({ call }, p) => call.clock_time_get(1, 0n, p) },
  fd_fdstat_get: { size: 24, call: ({ call }, p) => call.fd_fdstat_get(1, p) },
  fd_filestat_get: { size: 64, call: ({ call }, p) => call.fd_filestat_get(4, p) },
  fd_prestat_get: { size: 8, call: ({ call }, p) => call.fd_prestat_get(3, p) },
  fd_prestat_dir_name: { size: 1, call: ({ call }, p) => call.fd_prestat_dir_name(3, p, 1) },
  "fd_read (count)": { size: 4, call: ({ call }, p) => call.fd_read(4, 0, 0, p) },
  "fd_read (list)": { size: 8, call: ({ call }, p) => call.fd_read(4, p, 1, RESULT) },
  "fd_pread (count)": { size: 4, call: ({ call }, p) => call.fd_pread(4, 0, 0, 0n, p) },
  "fd_pread (list)": { size: 16, call: ({ call }, p) => call.fd_pread(4, p, 2, 0n, RESULT) },
  "fd_write (count)": { size: 4, call: ({ call }, p) => call.fd_write(4, 0, 0, p) },
  "fd_write (list)": { size: 8, call: ({ call }, p) => call.fd_write(4, p, 1, RESULT) },
  "fd_pwrite (count)": { size: 4, call: ({ call }, p) => call.fd_pwrite(4, 0, 0, 0n, p) },
  "fd_pwrite (list)": { size: 8, call: ({ call }, p) => call.fd_pwrite(4, p, 1, 0n, RESULT) },
  "fd_readdir (entries)": { size: 40, call: ({ call }, p) => call.fd_readdir(3, p, 40, 0n, RESULT) },
  "fd_readdir (count)": { size: 4, call: ({ call }, p) => call.fd_readdir(3, RESULT, 0, 0n, p) },
  fd_seek: { size: 8, call: ({ call }, p) => call.fd_seek(4, 1n, 0, p) },
  fd_tell: { size: 8, call: ({ call }, p) => call.fd_tell(4, p) },
  path_filestat_get: {
    size: 64,
    call: (guest, p) => guest.call.path_filestat_get(3, 0, ...guest.put("a.txt"), p),
  },
  path_open: {
    size: 4,
    call: (guest, p) => guest.call.path_open(3, 0, ...guest.put("a.txt"), 0, BigInt(READING), 0n, 0, p),
  },
  "poll_oneoff (asked)": { size: 48, call: ({ call }, p) => call.poll_oneoff(p, 0, 1, RESULT) },
  "poll_oneoff (events)": { size: 32, call: ({ call }, p) => call.poll_oneoff(0, p, 1, RESULT) },
  "poll_oneoff (count)": { size: 4, call: ({ call }, p) => call.poll_oneoff(0, 0, 1, p) },
  random_get: { size: 100, call: ({ call }, p) => call.random_get(p, 100) },
};

/** Takes a path of one byte from a pointer. */
const paths: Record<string, (guest: TestGuest, pointer: number, length: number) => number> = {
  path_create_directory: ({ call }, p, n) => call.path_create_directory(3, p, n),
  path_filestat_get: ({ call }, p, n) => call.path_filestat_get(3, 0, p, n, RESULT),
  path_filestat_set_times: ({ call }, p, n) => call.path_filestat_set_times(3, 0, p, n, 0n, 0n, 0),
  "path_link (old)": (guest, p, n) => guest.call.path_link(3, 0, p, n, 3, ...guest.put("x")),
  "path_link (new)": (guest, p, n) => guest.call.path_link(3, 0, ...guest.put("x"), 3, p, n),
  path_open: ({ call }, p, n) => call.path_open(3, 0, p, n, 0, 0n, 0n, 0, RESULT),
  path_readlink: ({ call }, p, n) => call.path_readlink(3, p, n, 0, 0, RESULT),
  path_remove_directory: ({ call }, p, n) => call.path_remove_directory(3, p, n),
  "path_rename (old)": (guest, p, n) => guest.call.path_rename(3, p, n, 3, ...guest.put("x")),
  "path_rename (new)": (guest, p, n) => guest.call.path_rename(3, ...guest.put("x"), 3, p, n),
  "path_symlink (old)": (guest, p, n) => guest.call.path_symlink(p, n, 3, ...guest.put("x")),
  "path_symlink (new)": (guest, p, n) => guest.call.path_symlink(...guest.put("x"), 3, p, n),
  path_unlink_file: ({ call }, p, n) => call.path_unlink_file(3, p, n),
};

function freshGuest(): TestGuest {
  const guest = new TestGuest({
    files: writableTree({ quotaBytes: 200_000, files }),
    args: ["ab", "cd"],
    env: { E: "x" },
  });
  guest.create("own", "0123456789");
  // Zeros: an empty buffer list, and a clock that is due at once.
  guest.bytes(END - 64, 64).fill(0);
  return guest;
}

describe("a pointer to an answer", () => {
  it.each(Object.keys(answers))("has to lie inside the memory to the last byte: %s", (name) => {
    const { size, call } = answers[name] as (typeof answers)[string];
    const guest = freshGuest();
    for (const pointer of [END - size + 1, END, END + 1, -1, -size, 0x7fff_ffff, -0x8000_0000]) {
      expect([pointer, call(guest, pointer)]).toEqual([pointer, Errno.FAULT]);
    }
    expect(call(guest, END - size)).toBe(Errno.SUCCESS);
    guest.bytes(0, 128).fill(0);
    expect(call(guest, 0)).toBe(Errno.SUCCESS);
  });

  it.each(Object.keys(answers))("is good again once the memory has grown: %s", (name) => {
    const { call } = answers[name] as (typeof answers)[string];
    const guest = freshGuest();
    expect(call(guest, END)).toBe(Errno.FAULT);
    guest.memory.grow(1);
    expect(call(guest, END)).toBe(Errno.SUCCESS);
  });
});

describe("a path", () => {
  it.each(Object.keys(paths))("has to lie inside the memory: %s", (name) => {
    const call = paths[name] as (typeof paths)[string];
    const guest = freshGuest();
    for (const [pointer, length] of [
      [END - 1, 2],
      [END, 1],
      [-1, 1],
      [-1, 4096],
      [END - 4095, 4096],
    ] as const) {
      expect([pointer, call(guest, pointer, length)]).toEqual([pointer, Errno.FAULT]);
    }
    for (const length of [4097, -1, 0x7fff_ffff]) expect(call(guest, 0, length)).toBe(Errno.NAMETOOLONG);
    guest.bytes(END - 1, 1).set([0xff]);
    expect(call(guest, END - 1, 1)).toBe(Errno.ILSEQ);
  });
});

describe("a descriptor that is not open", () => {
  it.each([4, 127, 128, 1_000_000, -1, -0x8000_0000])("is bad everywhere (%i)", (fd) => {
    const { call } = new TestGuest();
    const name = [0, 1] as const;
    const used = [
      call.fd_advise(fd, 0n, 0n, 0),
      call.fd_allocate(fd, 0n, 1n),
      call.fd_close(fd),
      call.fd_datasync(fd),
      call.fd_fdstat_get(fd, RESULT),
      call.fd_fdstat_set_flags(fd, 0),
      call.fd_fdstat_set_rights(fd, 0n, 0n),
      call.fd_filestat_get(fd, RESULT),
      call.fd_filestat_set_size(fd, 0n),
      call.fd_filestat_set_times(fd, 0n, 0n, 0),
      call.fd_pread(fd, 0, 0, 0n, RESULT),
      call.fd_prestat_get(fd, RESULT),
      call.fd_prestat_dir_name(fd, RESULT, 1),
      call.fd_pwrite(fd, 0, 0, 0n, RESULT),
      call.fd_read(fd, 0, 0, RESULT),
      call.fd_readdir(fd, 0, 0, 0n, RESULT),
      call.fd_renumber(fd, 3),
      call.fd_renumber(3, fd),
      call.fd_seek(fd, 0n, 0, RESULT),
      call.fd_sync(fd),
      call.fd_tell(fd, RESULT),
      call.fd_write(fd, 0, 0, RESULT),
      call.path_create_directory(fd, ...name),
      call.path_filestat_get(fd, 0, ...name, RESULT),
      call.path_filestat_set_times(fd, 0, ...name, 0n, 0n, 0),
      call.path_link(fd, 0, ...name, 3, ...name),
      call.path_link(3, 0, ...name, fd, ...name),
      call.path_open(fd, 0, ...name, 0, 0n, 0n, 0, RESULT),
      call.path_readlink(fd, ...name, 0, 0, RESULT),
      call.path_remove_directory(fd, ...name),
      call.path_rename(fd, ...name, 3, ...name),
      call.path_rename(3, ...name, fd, ...name),
      call.path_symlink(...name, fd, ...name),
      call.path_unlink_file(fd, ...name),
      call.sock_accept(fd, 0, RESULT),
      call.sock_recv(fd, 0, 0, 0, RESULT, RESULT),
      call.sock_send(fd, 0, 0, 0, RESULT),
      call.sock_shutdown(fd, 0),
    ];
    expect(used.every((errno) => errno === Errno.BADF)).toBe(true);
  });
});

describe("any arguments at all", () => {
  const i32 = [0, 1, 2, 3, 4, 5, 6, 127, 128, -1, -2, -0x8000_0000, 0x7fff_ffff, RESULT, 1024, 1025, 4096];
  const i32s = [...i32, END - 64, END - 8, END - 1, END, END + 1];
  const i64s = [
    0n,
    1n,
    -1n,
    5n,
    4096n,
    1n << 40n,
    1n << 62n,
    -(1n << 63n),
    (1n << 63n) - 1n,
    (1n << 30n) - 1n,
  ];
  const signatures = readFileSync(new URL("functions/signatures.ts", import.meta.url), "utf8");
  const functions = [...signatures.matchAll(/^ {2}([a-z_]+)\(([^)]*)\): number;/gm)].map(
    ([, name, parameters]) =>
      [name as string, (parameters?.match(/number|bigint/g) ?? []) as ("number" | "bigint")[]] as const,
  );

  it.each(functions.filter(([name]) => name !== "proc_exit"))(
    "are answered with an errno, never with a throw: %s",
    (name, types) => {
      const random = lcg(name.length * 7919 + types.length);
      let guest = freshGuest();
      for (let round = 0; round < 400; round++) {
        if (round % 50 === 0) guest = hostileGuest(random);
        const call = guest.call[name as "fd_close"] as unknown as (...args: (number | bigint)[]) => unknown;
        const args = types.map((type) => (type === "number" ? pick(i32s, random) : pick(i64s, random)));
        try {
          const errno = call(...args);
          expect(Number.isInteger(errno) && Number(errno) >= 0 && Number(errno) <= LAST_ERRNO).toBe(true);
        } catch (error) {
          // The one way out that waiting has: the run's deadline.
          expect([name, error]).toEqual(["poll_oneoff", new StopRun("timeout")]);
          guest = hostileGuest(random);
        }
      }
    },
  );

  it("end the guest with some code: proc_exit", () => {
    const { call } = new TestGuest();
    for (const code of i32s) expect(() => call.proc_exit(code)).toThrow(ExitSignal);
  });

  /** A guest whose low memory holds small numbers: as pointers, lengths and descriptors they often make sense. */
  function hostileGuest(random: () => number): TestGuest {
    const guest = freshGuest();
    guest.begin({
      files: writableTree({ quotaBytes: 200_000, files }),
      deadline: Number(guest.powers.monotonicNs) / 1e6 + 1e6,
    });
    guest.create("own", "text");
    for (let at = 0; at < 8192; at += 4) guest.view().setUint32(at, pick(i32s, random), true);
    return guest;
  }
});

/** Numerical Recipes' generator: the same arguments in every run. */
function lcg(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

function pick<Item>(items: readonly Item[], random: () => number): Item {
  return items[Math.floor(random() * items.length)] as Item;
}
