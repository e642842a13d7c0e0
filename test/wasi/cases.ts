/**
 * What the specification of preview 1 says of each function, and where it leaves a choice, what we promise.
 * https://github.com/WebAssembly/WASI/blob/wasi-0.1/preview1/docs.md
 *
 * One table, and so one file.
 */
import { Errno } from "../../packages/python-runtime/src/wasi/errno.js";
import type { FunctionName } from "./functions.js";
import { answer, memoryEnd, Open, toLook, toRead, toWrite, type WasiGuest } from "./wasi-guest.js";

/** `ends`: the call throws, which ends the run. `differs`: the question has no place there. */
export type Expected = number | string | "ends" | "differs";

export interface Case {
  readonly what: string;
  /** Gives the errno, or what came of it where that says more. */
  readonly ask: (guest: WasiGuest) => number | string;
  readonly expected: Expected;
  /** The fallback's, where it is another: its files are read-only, and its wild pointers end the run. */
  readonly fallback: Expected;
}

const {
  SUCCESS,
  BADF,
  BUSY,
  EXIST,
  FAULT,
  FBIG,
  ILSEQ,
  INVAL,
  ISDIR,
  MFILE,
  NAMETOOLONG,
  NOENT,
  NOSPC,
  NOSYS,
} = Errno;
const { NOTDIR, NOTEMPTY, NOTSOCK, NOTSUP, PERM, ROFS, NOTCAPABLE } = Errno;
const SPIPE = 70;
const noFd = 99;

type Row = readonly [what: string, ask: Case["ask"], expected: Expected, fallback?: Expected];

const stat = (g: WasiGuest, path: string) => g.call.path_filestat_get(3, 0, ...g.put(path), answer);
const size = (g: WasiGuest) => Number(g.u64(answer + 32));

/** One subscription, and what becomes of it. */
function poll(g: WasiGuest, what: { type?: number; id?: number; time?: bigint; flags?: number }): number {
  const { type = 0, id = 1, time = 0n, flags = 0 } = what;
  const at = g.room(48);
  g.bytes(at, 48).fill(0);
  g.view.setBigUint64(at, 77n, true);
  g.view.setUint8(at + 8, type);
  g.view.setUint32(at + 16, id, true);
  g.view.setBigUint64(at + 24, time, true);
  g.view.setUint16(at + 40, flags, true);
  return g.call.poll_oneoff(at, eventAt, 1, answer);
}
const eventAt = 256;
const eventOf = (g: WasiGuest) =>
  `${g.u32()} event, ${g.u64(eventAt)}, errno ${g.view.getUint16(eventAt + 8, true)}`;

/** Names in the order in which they are read, entry after entry. */
function names(g: WasiGuest, fd: number, room: number): string {
  const at = g.room(room);
  const found: string[] = [];
  for (let cookie = 0n, turn = 0; turn < 50; turn++) {
    if (g.call.fd_readdir(fd, at, room, cookie, answer) !== SUCCESS) return "failed";
    const used = g.u32();
    let read = 0;
    while (read + 24 <= used) {
      const length = g.u32(at + read + 16);
      if (read + 24 + length > used) break;
      found.push(new TextDecoder().decode(g.bytes(at + read + 24, length).slice()));
      cookie = g.u64(at + read);
      read += 24 + length;
    }
    if (used < room) return found.join(" ");
  }
  return "endless";
}

const rows: Readonly<Record<FunctionName, readonly Row[]>> = {
  args_sizes_get: [
    [
      "counts arguments, and their bytes with a NUL each",
      (g) => g.call.args_sizes_get(answer, answer + 4) || `${g.u32()} ${g.u32(answer + 4)}`,
      "2 10",
    ],
    ["needs room for the first answer", (g) => g.call.args_sizes_get(memoryEnd - 3, answer), FAULT, "ends"],
    ["needs room for the second answer", (g) => g.call.args_sizes_get(answer, -4), FAULT, "ends"],
  ],
  args_get: [
    [
      "writes pointers and texts",
      (g) =>
        g.call.args_get(answer, 600) ||
        `${g.u32()} ${g.u32(answer + 4)} ${new TextDecoder().decode(g.bytes(600, 10).slice())}`,
      "600 607 python\0-c\0",
    ],
    ["needs room for the pointers", (g) => g.call.args_get(memoryEnd - 7, 600), FAULT, "ends"],
    ["needs room for the texts", (g) => g.call.args_get(answer, memoryEnd - 9), FAULT, "ends"],
  ],
  environ_sizes_get: [
    [
      "counts variables",
      (g) => g.call.environ_sizes_get(answer, answer + 4) || `${g.u32()} ${g.u32(answer + 4)}`,
      "1 7",
    ],
    ["needs room for its answers", (g) => g.call.environ_sizes_get(answer, memoryEnd), FAULT, "ends"],
  ],
  environ_get: [
    [
      "writes pointers and texts",
      (g) => g.call.environ_get(answer, 600) || new TextDecoder().decode(g.bytes(600, 7).slice()),
      "HOME=/\0",
    ],
    ["needs room for the texts", (g) => g.call.environ_get(answer, memoryEnd - 6), FAULT, "ends"],
  ],
  clock_res_get: [
    ...[0, 1, 2, 3].map(
      (id): Row => [
        `knows clock ${id}`,
        (g) => g.call.clock_res_get(id, answer) || (g.u64() > 0n ? "finite" : "zero"),
        "finite",
      ],
    ),
    ["knows no other clock", (g) => g.call.clock_res_get(4, answer), INVAL],
    ["knows no clock below zero", (g) => g.call.clock_res_get(-1, answer), INVAL],
    ["needs room for its answer", (g) => g.call.clock_res_get(0, memoryEnd - 7), FAULT, "ends"],
  ],
  clock_time_get: [
    ...[0, 1, 2, 3].map(
      (id): Row => [
        `tells a time on clock ${id}, never zero`,
        (g) => g.call.clock_time_get(id, 0n, answer) || (g.u64() > 0n ? "later" : "zero"),
        "later",
      ],
    ),
    ["takes any precision", (g) => g.call.clock_time_get(1, -1n, answer), SUCCESS],
    [
      "never goes back",
      (g) => {
        g.call.clock_time_get(1, 0n, answer);
        const before = g.u64();
        g.call.clock_time_get(1, 0n, answer);
        return g.u64() >= before ? "forward" : "back";
      },
      "forward",
    ],
    [
      "writes to where it is asked to, aligned or not",
      (g) =>
        g.call.clock_time_get(0, 0n, answer + 3) ||
        (g.u64(answer + 3) > 1_700_000_000_000_000_000n ? "now" : "not now"),
      "now",
    ],
    ["knows no other clock", (g) => g.call.clock_time_get(4, 0n, answer), INVAL],
    ["needs room for its answer", (g) => g.call.clock_time_get(0, 0n, -1), FAULT, "ends"],
  ],
  fd_advise: [
    ["takes advice on a file", (g) => g.call.fd_advise(g.fd("a.txt"), 0n, 0n, 4), SUCCESS],
    ["knows six kinds of advice", (g) => g.call.fd_advise(g.fd("a.txt"), 0n, 0n, 6), INVAL, SUCCESS],
    ["needs an open descriptor", (g) => g.call.fd_advise(noFd, 0n, 0n, 0), BADF],
  ],
  fd_allocate: [
    [
      "makes a file at least that large",
      (g) => {
        const fd = g.made("f", "abc");
        return g.call.fd_allocate(fd, 10n, 10n) || g.call.fd_filestat_get(fd, answer) || `${size(g)}`;
      },
      "20",
      "differs",
    ],
    [
      "makes none smaller",
      (g) => {
        const fd = g.made("f", "abc");
        return g.call.fd_allocate(fd, 0n, 1n) || g.call.fd_filestat_get(fd, answer) || `${size(g)}`;
      },
      "3",
      "differs",
    ],
    ["needs a length", (g) => g.call.fd_allocate(g.made("f"), 0n, 0n), INVAL, "differs"],
    ["has no room for everything", (g) => g.call.fd_allocate(g.made("f"), 0n, 1n << 30n), NOSPC, "differs"],
    [
      "makes no file as large as numbers go",
      (g) => g.call.fd_allocate(g.made("f"), -1n, -1n),
      FBIG,
      "differs",
    ],
    ["needs the right", (g) => g.call.fd_allocate(g.fd("a.txt"), 0n, 1n), NOTCAPABLE, NOTSUP],
    ["needs an open descriptor", (g) => g.call.fd_allocate(noFd, 0n, 1n), BADF],
  ],
  fd_close: [
    [
      "closes once",
      (g) => {
        const fd = g.fd("a.txt");
        return `${g.call.fd_close(fd)} ${g.call.fd_close(fd)}`;
      },
      `${SUCCESS} ${BADF}`,
    ],
    [
      "gives the number to the next file",
      (g) => {
        const fd = g.fd("a.txt");
        g.fd("d/x");
        g.call.fd_close(fd);
        return g.fd("d/y") - fd;
      },
      0,
    ],
    ["closes a standard stream", (g) => `${g.call.fd_close(1)} ${g.write(1, "x")}`, `${SUCCESS} ${BADF}`],
    ["needs an open descriptor", (g) => g.call.fd_close(-1), BADF],
  ],
  fd_datasync: [
    ["has nothing to do for a file", (g) => g.call.fd_datasync(g.made("f")), SUCCESS, "differs"],
    ["needs the right", (g) => g.call.fd_datasync(g.fd("a.txt")), NOTCAPABLE, SUCCESS],
    ["needs an open descriptor", (g) => g.call.fd_datasync(noFd), BADF],
  ],
  fd_fdstat_get: [
    [
      "tells a file from a directory",
      (g) => {
        const kinds = [g.fd("a.txt"), g.fd("d"), 1].map(
          (fd) => g.call.fd_fdstat_get(fd, answer) || g.view.getUint8(answer),
        );
        return kinds.join(" ");
      },
      "4 3 0",
    ],
    [
      "tells rights that were asked for",
      (g) => g.call.fd_fdstat_get(g.fd("a.txt", { rights: 2n }), answer) || `${g.u64(answer + 8)}`,
      "2",
      "differs",
    ],
    [
      "tells flags that were asked for",
      (g) =>
        g.call.fd_fdstat_get(g.fd("a.txt", { fdFlags: 5 }), answer) || g.view.getUint16(answer + 2, true),
      5,
      0,
    ],
    ["needs room for its answer", (g) => g.call.fd_fdstat_get(1, memoryEnd - 23), FAULT, "ends"],
    ["needs an open descriptor", (g) => g.call.fd_fdstat_get(noFd, answer), BADF],
  ],
  fd_fdstat_set_flags: [
    [
      "makes writing append",
      (g) => {
        const fd = g.made("f", "abc");
        g.call.fd_seek(fd, 0n, 0, answer);
        return (
          g.call.fd_fdstat_set_flags(fd, 1) ||
          g.write(fd, "d") ||
          g.call.fd_seek(fd, 0n, 0, answer) ||
          g.read(fd)
        );
      },
      "abcd",
      "differs",
    ],
    ["knows five flags", (g) => g.call.fd_fdstat_set_flags(g.made("f"), 32), INVAL, "differs"],
    ["needs the right", (g) => g.call.fd_fdstat_set_flags(g.fd("a.txt"), 1), NOTCAPABLE, NOTSUP],
    ["needs an open descriptor", (g) => g.call.fd_fdstat_set_flags(noFd, 0), BADF],
  ],
  fd_fdstat_set_rights: [
    [
      "takes rights away for good",
      (g) => {
        const fd = g.fd("a.txt");
        return `${g.call.fd_fdstat_set_rights(fd, 0n, 0n)} ${g.read(fd)} ${g.call.fd_fdstat_set_rights(fd, 2n, 0n)}`;
      },
      `${SUCCESS} ${NOTCAPABLE} ${NOTCAPABLE}`,
      "differs",
    ],
    [
      "gives none",
      (g) => g.call.fd_fdstat_set_rights(g.fd("a.txt"), toRead | toWrite, 0n),
      NOTCAPABLE,
      NOTSUP,
    ],
    [
      "gives none that nobody knows",
      (g) => g.call.fd_fdstat_set_rights(3, 1n << 63n, 0n),
      NOTCAPABLE,
      NOTSUP,
    ],
    ["needs an open descriptor", (g) => g.call.fd_fdstat_set_rights(noFd, 0n, 0n), BADF],
  ],
  fd_filestat_get: [
    ["tells a file's size", (g) => g.call.fd_filestat_get(g.fd("a.txt"), answer) || size(g), 12],
    [
      "writes all of its answer",
      (g) => {
        g.bytes(answer, 64).fill(0xff);
        g.call.fd_filestat_get(g.fd("a.txt"), answer);
        return [40, 48, 56].map((at) => g.u64(answer + at) === 2n ** 64n - 1n).join();
      },
      "false,false,false",
    ],
    [
      "writes dates apart from one another",
      (g) => {
        g.bytes(answer, 72).fill(0xff);
        g.call.fd_filestat_get(g.fd("a.txt"), answer);
        return [40, 48, 56].every((at) => g.u64(answer + at) < 2n ** 62n) &&
          g.u64(answer + 64) === 2n ** 64n - 1n
          ? "dates"
          : "noise";
      },
      "dates",
    ],
    [
      "needs room for its answer",
      (g) => g.call.fd_filestat_get(g.fd("a.txt"), memoryEnd - 63),
      FAULT,
      "ends",
    ],
    ["needs an open descriptor", (g) => g.call.fd_filestat_get(noFd, answer), BADF],
  ],
  fd_filestat_set_size: [
    [
      "cuts off",
      (g) => {
        const fd = g.made("f", "abcdef");
        return g.call.fd_filestat_set_size(fd, 2n) || g.call.fd_seek(fd, 0n, 0, answer) || g.read(fd);
      },
      "ab",
      "differs",
    ],
    [
      "fills with zeros, not with what was cut off",
      (g) => {
        const fd = g.made("f", "abc");
        return (
          g.call.fd_filestat_set_size(fd, 1n) ||
          g.call.fd_filestat_set_size(fd, 3n) ||
          g.call.fd_seek(fd, 0n, 0, answer) ||
          g.read(fd)
        );
      },
      "a\0\0",
      "differs",
    ],
    [
      "makes no file as large as numbers go",
      (g) => g.call.fd_filestat_set_size(g.made("f"), -1n),
      FBIG,
      "differs",
    ],
    ["needs the right", (g) => g.call.fd_filestat_set_size(g.fd("a.txt"), 0n), NOTCAPABLE, NOTSUP],
    ["needs an open descriptor", (g) => g.call.fd_filestat_set_size(noFd, 0n), BADF],
  ],
  fd_filestat_set_times: [
    [
      "sets both dates",
      (g) => {
        const fd = g.made("f");
        return (
          g.call.fd_filestat_set_times(fd, 5n, 7n, 0b101) ||
          g.call.fd_filestat_get(fd, answer) ||
          `${g.u64(answer + 40)} ${g.u64(answer + 48)}`
        );
      },
      "5 7",
      "differs",
    ],
    [
      "takes a date or the present, not both",
      (g) => g.call.fd_filestat_set_times(g.made("f"), 5n, 7n, 0b11),
      INVAL,
      "differs",
    ],
    [
      "the same for the other date",
      (g) => g.call.fd_filestat_set_times(g.made("f"), 5n, 7n, 0b1100),
      INVAL,
      "differs",
    ],
    ["knows four flags", (g) => g.call.fd_filestat_set_times(g.made("f"), 0n, 0n, 16), INVAL, "differs"],
    ["needs an open descriptor", (g) => g.call.fd_filestat_set_times(noFd, 0n, 0n, 0), BADF],
  ],
  fd_pread: [
    [
      "reads from a place and stays where it was",
      (g) => {
        const fd = g.fd("a.txt");
        const at = g.room(5);
        return (
          g.call.fd_pread(fd, ...g.buffers([at, 5]), 7n, answer) ||
          `${g.u32()} ${new TextDecoder().decode(g.bytes(at, 5).slice())} ${g.read(fd, 5)}`
        );
      },
      "5 world hello",
    ],
    [
      "finds nothing beyond the end",
      (g) => g.call.fd_pread(g.fd("a.txt"), ...g.buffers([600, 5]), 12n, answer) || `${g.u32()}`,
      "0",
    ],
    [
      "takes an offset for unsigned",
      (g) => g.call.fd_pread(g.fd("a.txt"), ...g.buffers([600, 9]), -5n, answer) || `${g.u32()}`,
      "0",
    ],
    [
      "reads from no stream",
      (g) => g.call.fd_pread(0, ...g.buffers([600, 5]), 0n, answer),
      NOTCAPABLE,
      NOTSUP,
    ],
    ["takes 1,024 buffers", (g) => g.call.fd_pread(g.fd("a.txt"), 0, 1_025, 0n, answer), INVAL],
    ["needs an open descriptor", (g) => g.call.fd_pread(noFd, 0, 0, 0n, answer), BADF],
  ],
  fd_prestat_get: [
    [
      "says how long the name of `/` is",
      (g) => g.call.fd_prestat_get(3, answer) || `${g.u32()} ${g.u32(answer + 4)}`,
      "0 1",
    ],
    ["says with BADF where the granted ones end", (g) => g.call.fd_prestat_get(5, answer), BADF],
    ["knows no other open directory", (g) => g.call.fd_prestat_get(g.fd("d"), answer), BADF, NOTSUP],
    ["needs room for its answer", (g) => g.call.fd_prestat_get(3, memoryEnd - 7), FAULT, "ends"],
  ],
  fd_prestat_dir_name: [
    [
      "writes the name",
      (g) => g.call.fd_prestat_dir_name(3, answer, 1) || String.fromCharCode(g.view.getUint8(answer)),
      "/",
    ],
    ["needs room for the name", (g) => g.call.fd_prestat_dir_name(3, answer, 0), NAMETOOLONG],
    ["needs an open descriptor", (g) => g.call.fd_prestat_dir_name(noFd, answer, 9), BADF],
  ],
  fd_pwrite: [
    [
      "writes to a place and stays where it was",
      (g) => {
        const fd = g.made("f", "abc");
        return (
          g.call.fd_pwrite(fd, ...g.buffers(g.put("X")), 1n, answer) ||
          g.write(fd, "d") ||
          g.call.fd_seek(fd, 0n, 0, answer) ||
          g.read(fd)
        );
      },
      "aXcd",
      "differs",
    ],
    [
      "leaves zeros before it",
      (g) => {
        const fd = g.made("f");
        return g.call.fd_pwrite(fd, ...g.buffers(g.put("X")), 2n, answer) || g.read(fd);
      },
      "\0\0X",
      "differs",
    ],
    [
      "writes nowhere beyond all numbers",
      (g) => g.call.fd_pwrite(g.made("f"), ...g.buffers(g.put("X")), -1n, answer),
      FBIG,
      "differs",
    ],
    ["takes 1,024 buffers", (g) => g.call.fd_pwrite(1, 0, 1_025, 0n, answer), NOTCAPABLE, INVAL],
    ["needs an open descriptor", (g) => g.call.fd_pwrite(noFd, 0, 0, 0n, answer), BADF],
  ],
  fd_read: [
    [
      "fills one buffer after the other",
      (g) => {
        const [one, two] = [g.room(5), g.room(50)];
        return (
          g.call.fd_read(g.fd("a.txt"), ...g.buffers([one, 5], [two, 50]), answer) ||
          `${g.u32()} ${new TextDecoder().decode(g.bytes(one, 5).slice())}|${new TextDecoder().decode(g.bytes(two, 7).slice())}`
        );
      },
      "12 hello|, world",
    ],
    [
      "gives nothing at the end",
      (g) => {
        const fd = g.fd("a.txt");
        g.read(fd);
        return `${g.read(fd)}|`;
      },
      "|",
    ],
    ["takes no buffer at all", (g) => g.call.fd_read(g.fd("a.txt"), 0, 0, answer) || `${g.u32()}`, "0"],
    ["is at its end on standard input", (g) => `${g.read(0)}|`, "|"],
    ["takes 1,024 buffers", (g) => g.call.fd_read(g.fd("a.txt"), 0, 1_025, answer), INVAL],
    ["counts buffers without a sign", (g) => g.call.fd_read(g.fd("a.txt"), 0, -1, answer), INVAL],
    [
      "reads nothing where a buffer lies outside",
      (g) => {
        const fd = g.fd("a.txt");
        return `${g.call.fd_read(fd, ...g.buffers([600, 3], [memoryEnd - 1, 2]), answer)} ${g.read(fd, 5)}`;
      },
      `${FAULT} hello`,
      "ends",
    ],
    [
      "needs room for its answer",
      (g) => g.call.fd_read(g.fd("a.txt"), ...g.buffers([600, 3]), memoryEnd - 3),
      FAULT,
      "ends",
    ],
    ["reads no directory", (g) => g.read(g.fd("d")), NOTCAPABLE, NOTSUP],
    [
      "reads nothing that was opened for writing only",
      (g) => g.read(g.fd("f", { flags: Open.CREATE, rights: toWrite })),
      NOTCAPABLE,
      "differs",
    ],
    ["needs an open descriptor", (g) => g.read(noFd), BADF],
  ],
  fd_readdir: [
    ["lists a directory", (g) => names(g, g.fd("d"), 500), ". .. x y"],
    ["goes on from a cookie where there was little room", (g) => names(g, g.fd("d"), 30), ". .. x y"],
    [
      "cuts an entry off where the room ends",
      (g) => g.call.fd_readdir(g.fd("d"), g.room(30), 30, 0n, answer) || `${g.u32()}`,
      "30",
    ],
    [
      "is at its end after a cookie that was never given",
      (g) => g.call.fd_readdir(g.fd("d"), 600, 100, -1n, answer) || `${g.u32()}`,
      "0",
    ],
    ["lists no file", (g) => g.call.fd_readdir(g.fd("a.txt"), 600, 100, 0n, answer), NOTCAPABLE, NOTSUP],
    [
      "needs its room inside the memory",
      (g) => g.call.fd_readdir(g.fd("d"), memoryEnd - 50, 100, 0n, answer),
      FAULT,
      "ends",
    ],
    ["needs an open descriptor", (g) => g.call.fd_readdir(noFd, 600, 100, 0n, answer), BADF],
  ],
  fd_renumber: [
    [
      "moves a file to another's number",
      (g) => {
        const [from, to] = [g.fd("a.txt"), g.fd("d/x")];
        return g.call.fd_renumber(from, to) || `${g.read(to, 5)} ${g.read(from)}`;
      },
      `hello ${BADF}`,
    ],
    [
      "leaves a file where it is",
      (g) => {
        const fd = g.fd("a.txt");
        return g.call.fd_renumber(fd, fd) || g.read(fd, 5);
      },
      "hello",
    ],
    ["moves none to a number that is not open", (g) => g.call.fd_renumber(g.fd("a.txt"), 50), BADF],
    ["moves none that is not open", (g) => g.call.fd_renumber(noFd, g.fd("a.txt")), BADF],
  ],
  fd_seek: [
    [
      "goes to a place",
      (g) => {
        const fd = g.fd("a.txt");
        return g.call.fd_seek(fd, 7n, 0, answer) || `${g.u64()} ${g.read(fd)}`;
      },
      "7 world",
    ],
    [
      "goes on from where it is",
      (g) => {
        const fd = g.fd("a.txt");
        g.read(fd, 5);
        return g.call.fd_seek(fd, -2n, 1, answer) || g.read(fd, 2);
      },
      "lo",
    ],
    [
      "goes back from the end",
      (g) => {
        const fd = g.fd("a.txt");
        return g.call.fd_seek(fd, -5n, 2, answer) || g.read(fd);
      },
      "world",
    ],
    [
      "goes beyond the end",
      (g) => {
        const fd = g.fd("a.txt");
        return g.call.fd_seek(fd, 100n, 0, answer) || `${g.u64()}|${g.read(fd)}`;
      },
      "100|",
    ],
    [
      "goes to no place before the beginning",
      (g) => {
        const fd = g.fd("a.txt");
        return `${g.call.fd_seek(fd, -1n, 0, answer)} ${g.read(fd, 5)}`;
      },
      `${INVAL} hello`,
    ],
    ["knows three beginnings", (g) => g.call.fd_seek(g.fd("a.txt"), 0n, 3, answer), INVAL],
    ["goes nowhere in a stream", (g) => g.call.fd_seek(1, 0n, 0, answer), NOTCAPABLE, SPIPE],
    ["needs room for its answer", (g) => g.call.fd_seek(g.fd("a.txt"), 0n, 0, memoryEnd - 7), FAULT, "ends"],
    ["needs an open descriptor", (g) => g.call.fd_seek(noFd, 0n, 0, answer), BADF],
  ],
  fd_sync: [
    ["has nothing to do for a file", (g) => g.call.fd_sync(g.made("f")), SUCCESS, "differs"],
    ["needs an open descriptor", (g) => g.call.fd_sync(noFd), BADF],
  ],
  fd_tell: [
    [
      "tells where a file is read",
      (g) => {
        const fd = g.fd("a.txt");
        g.read(fd, 3);
        return g.call.fd_tell(fd, answer) || `${g.u64()}`;
      },
      "3",
    ],
    ["tells it of no stream", (g) => g.call.fd_tell(1, answer), NOTCAPABLE, SPIPE],
    ["needs an open descriptor", (g) => g.call.fd_tell(noFd, answer), BADF],
  ],
  fd_write: [
    [
      "takes one buffer after the other",
      (g) =>
        g.call.fd_write(1, ...g.buffers(g.put("ab"), g.put(""), g.put("c")), answer) ||
        `${g.u32()} ${Buffer.concat([...g.printed])}`,
      "3 abc",
    ],
    [
      "prints nothing where a buffer lies outside",
      (g) =>
        `${g.call.fd_write(1, ...g.buffers(g.put("ab"), [memoryEnd - 1, 2]), answer)} ${g.printed.length}`,
      `${FAULT} 0`,
      "differs",
    ],
    ["takes 1,024 buffers", (g) => g.call.fd_write(1, 0, 1_025, answer), INVAL],
    [
      "writes nothing that was opened for reading only",
      (g) => g.write(g.fd("a.txt"), "x"),
      NOTCAPABLE,
      NOTSUP,
    ],
    ["writes to no directory", (g) => g.write(g.fd("d"), "x"), NOTCAPABLE, NOTSUP],
    ["needs an open descriptor", (g) => g.write(noFd, "x"), BADF],
  ],
  path_create_directory: [
    [
      "makes one",
      (g) =>
        g.call.path_create_directory(3, ...g.put("n")) ||
        g.call.path_create_directory(3, ...g.put("n/m/")) ||
        stat(g, "n/m"),
      SUCCESS,
      "differs",
    ],
    ["makes none twice", (g) => g.call.path_create_directory(3, ...g.put("d")), EXIST],
    ["makes none in place of a file", (g) => g.call.path_create_directory(3, ...g.put("a.txt")), EXIST],
    [
      "makes none where there is no way",
      (g) => g.call.path_create_directory(3, ...g.put("no/n")),
      NOENT,
      ROFS,
    ],
    ["makes none in a file", (g) => g.call.path_create_directory(3, ...g.put("a.txt/n")), NOTDIR, ROFS],
    ["makes none above", (g) => g.call.path_create_directory(3, ...g.put("../n")), NOTCAPABLE, ROFS],
    ["needs an open descriptor", (g) => g.call.path_create_directory(noFd, ...g.put("n")), BADF],
  ],
  path_filestat_get: [
    ["tells a size", (g) => stat(g, "a.txt") || `${size(g)}`, "12"],
    ["follows `.`, `..` and doubled slashes", (g) => stat(g, "./d//../d/./x") || `${size(g)}`, "1"],
    ["takes a directory with a slash", (g) => stat(g, "d/"), SUCCESS],
    ["takes no file with a slash", (g) => stat(g, "a.txt/"), NOTDIR],
    ["finds nothing that is not there", (g) => stat(g, "no"), NOENT],
    ["finds nothing in a file", (g) => stat(g, "a.txt/x"), NOTDIR],
    ["finds nothing without a name", (g) => stat(g, ""), NOENT, SUCCESS],
    ["goes nowhere above", (g) => stat(g, ".."), NOTCAPABLE],
    ["goes nowhere above on a detour", (g) => stat(g, "d/../../a.txt"), NOTCAPABLE],
    ["takes no absolute path", (g) => stat(g, "/a.txt"), NOTCAPABLE],
    ["takes no name with a NUL", (g) => stat(g, "a.txt\0"), INVAL, NOENT],
    ["takes no name of 256 bytes", (g) => stat(g, "x".repeat(256)), NAMETOOLONG, NOENT],
    ["takes no path of 4,097 bytes", (g) => stat(g, "d/../".repeat(820)), NAMETOOLONG],
    [
      "takes no path that is not UTF-8",
      (g) => g.call.path_filestat_get(3, 0, ...g.put(Uint8Array.of(0xff)), answer),
      ILSEQ,
      NOENT,
    ],
    [
      "follows a link that is none, and follows none",
      (g) => `${g.call.path_filestat_get(3, 1, ...g.put("a.txt"), answer)} ${stat(g, "a.txt")}`,
      "0 0",
    ],
    [
      "needs the path inside the memory",
      (g) => g.call.path_filestat_get(3, 0, memoryEnd - 2, 4, answer),
      FAULT,
      NOENT,
    ],
    [
      "needs room for its answer",
      (g) => g.call.path_filestat_get(3, 0, ...g.put("a.txt"), memoryEnd - 63),
      FAULT,
      "ends",
    ],
    [
      "looks in no file",
      (g) => g.call.path_filestat_get(g.fd("a.txt"), 0, ...g.put("x"), answer),
      NOTCAPABLE,
      NOTSUP,
    ],
    ["needs an open descriptor", (g) => g.call.path_filestat_get(noFd, 0, ...g.put("a.txt"), answer), BADF],
  ],
  path_filestat_set_times: [
    [
      "sets a date",
      (g) => {
        g.made("f");
        return (
          g.call.path_filestat_set_times(3, 0, ...g.put("f"), 0n, 7n, 0b100) ||
          stat(g, "f") ||
          `${g.u64(answer + 48)}`
        );
      },
      "7",
      "differs",
    ],
    [
      "takes a date or the present, not both",
      (g) => g.call.path_filestat_set_times(3, 0, ...g.put("d"), 0n, 0n, 0b11),
      INVAL,
      ROFS,
    ],
    [
      "finds nothing that is not there",
      (g) => g.call.path_filestat_set_times(3, 0, ...g.put("no"), 0n, 0n, 0),
      NOENT,
    ],
    [
      "needs an open descriptor",
      (g) => g.call.path_filestat_set_times(noFd, 0, ...g.put("d"), 0n, 0n, 0),
      BADF,
    ],
  ],
  path_link: [
    ["makes no links", (g) => g.call.path_link(3, 0, ...g.put("a.txt"), 3, ...g.put("b")), PERM, ROFS],
    ["needs open descriptors", (g) => g.call.path_link(3, 0, ...g.put("a.txt"), noFd, ...g.put("b")), BADF],
  ],
  path_open: [
    ["opens for reading", (g) => g.read(g.fd("a.txt"), 5), "hello"],
    ["opens below an open directory", (g) => g.read(g.fd("y", { at: g.fd("d", { rights: toLook }) })), "yy"],
    [
      "goes nowhere above an open directory",
      (g) => g.open("../a.txt", { at: g.fd("d", { rights: toLook }) }),
      NOTCAPABLE,
    ],
    ["finds nothing that is not there", (g) => g.open("no"), NOENT],
    ["creates", (g) => g.open("n", { flags: Open.CREATE, rights: toWrite }) || stat(g, "n"), SUCCESS, ROFS],
    ["creates nothing where there is no way", (g) => g.open("no/n", { flags: Open.CREATE }), NOENT, ROFS],
    ["creates nothing twice", (g) => g.open("a.txt", { flags: Open.CREATE | Open.EXCLUSIVE }), EXIST],
    ["creates no directory", (g) => g.open("n/", { flags: Open.CREATE }), ISDIR, ROFS],
    ["takes no file for a directory", (g) => g.open("a.txt", { flags: Open.DIRECTORY }), NOTDIR],
    ["opens a directory as one", (g) => g.open("d", { flags: Open.DIRECTORY }), SUCCESS],
    ["opens no directory for writing", (g) => g.open("d", { rights: toWrite }), ISDIR, "differs"],
    ["opens no file of the host's for writing", (g) => g.open("a.txt", { rights: toRead | toWrite }), ROFS],
    [
      "empties no file of the host's",
      (g) => g.open("a.txt", { flags: Open.TRUNCATE }) || stat(g, "a.txt"),
      ROFS,
    ],
    [
      "empties",
      (g) => {
        g.made("f", "abc");
        return g.open("f", { flags: Open.TRUNCATE }) || stat(g, "f") || `${size(g)}`;
      },
      "0",
      "differs",
    ],
    ["knows four ways to open", (g) => g.open("a.txt", { flags: 16 }), INVAL, SUCCESS],
    ["knows five flags", (g) => g.open("a.txt", { fdFlags: 32 }), INVAL, SUCCESS],
    [
      "passes on no rights that a directory does not have",
      (g) => g.open("x", { at: g.fd("d", { rights: toLook, inheriting: 0n }) }),
      NOTCAPABLE,
      "differs",
    ],
    [
      "takes the lowest number that is free",
      (g) => {
        const first = g.fd("a.txt");
        g.fd("a.txt");
        g.call.fd_close(first);
        return g.fd("a.txt") === first ? "lowest" : "other";
      },
      "lowest",
    ],
    [
      "opens so many files and no more",
      (g) => {
        let errno = 0;
        for (let turn = 0; turn < 300 && errno === 0; turn++)
          errno = g.call.path_open(3, 0, ...path(g), 0, toRead, 0n, 0, answer);
        return errno;
      },
      MFILE,
    ],
    [
      "opens nothing where its answer has no room",
      (g) => {
        const before = g.fd("a.txt");
        g.call.path_open(3, 0, ...g.put("a.txt"), 0, toRead, 0n, 0, memoryEnd - 3);
        return g.fd("a.txt") - before;
      },
      1,
      "ends",
    ],
    [
      "needs the path inside the memory",
      (g) => g.call.path_open(3, 0, -1, 5, 0, toRead, 0n, 0, answer),
      FAULT,
      "differs",
    ],
    ["needs an open descriptor", (g) => g.open("a.txt", { at: noFd }), BADF],
  ],
  path_readlink: [
    ["finds no link in a file", (g) => g.call.path_readlink(3, ...g.put("a.txt"), 600, 10, answer), INVAL],
    [
      "finds nothing that is not there",
      (g) => g.call.path_readlink(3, ...g.put("no"), 600, 10, answer),
      NOENT,
    ],
    [
      "needs its room inside the memory",
      (g) => g.call.path_readlink(3, ...g.put("a.txt"), memoryEnd, 1, answer),
      FAULT,
      INVAL,
    ],
    ["needs an open descriptor", (g) => g.call.path_readlink(noFd, ...g.put("a.txt"), 600, 10, answer), BADF],
  ],
  path_remove_directory: [
    [
      "removes an empty one",
      (g) =>
        g.call.path_create_directory(3, ...g.put("n")) ||
        g.call.path_remove_directory(3, ...g.put("n/")) ||
        stat(g, "n"),
      NOENT,
      "differs",
    ],
    ["removes none with files in it", (g) => g.call.path_remove_directory(3, ...g.put("d")), NOTEMPTY, ROFS],
    ["removes no file", (g) => g.call.path_remove_directory(3, ...g.put("a.txt")), NOTDIR, ROFS],
    ["removes nothing that is not there", (g) => g.call.path_remove_directory(3, ...g.put("no")), NOENT],
    ["removes itself from nowhere", (g) => g.call.path_remove_directory(3, ...g.put(".")), INVAL, ROFS],
    ["removes nothing above", (g) => g.call.path_remove_directory(3, ...g.put("..")), NOTCAPABLE],
    ["needs an open descriptor", (g) => g.call.path_remove_directory(noFd, ...g.put("d")), BADF],
  ],
  path_rename: [
    [
      "moves a file",
      (g) => rename(g, "a.txt", "d/z") || `${stat(g, "a.txt")} ${stat(g, "d/z")}`,
      `${NOENT} 0`,
      ROFS,
    ],
    [
      "moves a file over another",
      (g) => rename(g, "a.txt", "d/x") || stat(g, "d/x") || `${size(g)}`,
      "12",
      ROFS,
    ],
    ["moves a file to itself", (g) => rename(g, "a.txt", "./a.txt") || stat(g, "a.txt"), SUCCESS, ROFS],
    ["moves no file over a directory", (g) => rename(g, "a.txt", "d"), ISDIR, ROFS],
    ["moves no directory over a file", (g) => rename(g, "d", "a.txt"), NOTDIR, ROFS],
    [
      "moves no directory over one with files in it",
      (g) => g.call.path_create_directory(3, ...g.put("n")) || rename(g, "n", "d"),
      NOTEMPTY,
      ROFS,
    ],
    ["moves no directory into itself", (g) => rename(g, "d", "d/inner"), INVAL, ROFS],
    ["moves nothing that is not there", (g) => rename(g, "no", "n"), NOENT, ROFS],
    ["moves nothing above", (g) => rename(g, "a.txt", "../a.txt"), NOTCAPABLE, ROFS],
    ["moves not what has no name", (g) => rename(g, "d/..", "n"), BUSY, ROFS],
    ["needs open descriptors", (g) => g.call.path_rename(3, ...g.put("a.txt"), noFd, ...g.put("n")), BADF],
  ],
  path_symlink: [
    ["makes no links", (g) => g.call.path_symlink(...g.put("a.txt"), 3, ...g.put("b")), PERM, NOTSUP],
    ["needs an open descriptor", (g) => g.call.path_symlink(...g.put("a.txt"), noFd, ...g.put("b")), BADF],
  ],
  path_unlink_file: [
    ["removes a file", (g) => g.call.path_unlink_file(3, ...g.put("a.txt")) || stat(g, "a.txt"), NOENT, ROFS],
    [
      "leaves what is open",
      (g) => {
        const fd = g.fd("a.txt");
        return g.call.path_unlink_file(3, ...g.put("a.txt")) || g.read(fd, 5);
      },
      "hello",
      ROFS,
    ],
    ["removes no directory", (g) => g.call.path_unlink_file(3, ...g.put("d")), ISDIR, ROFS],
    ["removes nothing that is not there", (g) => g.call.path_unlink_file(3, ...g.put("no")), NOENT],
    ["needs an open descriptor", (g) => g.call.path_unlink_file(noFd, ...g.put("a.txt")), BADF],
  ],
  poll_oneoff: [
    ["waits for a time from now", (g) => poll(g, { time: 5_000_000n }) || eventOf(g), "1 event, 77, errno 0"],
    ["waits for a moment", (g) => poll(g, { time: 1n, flags: 1 }) || eventOf(g), "1 event, 77, errno 0"],
    [
      "says at once that a stream is ready",
      (g) => poll(g, { type: 2, id: 1 }) || eventOf(g),
      "1 event, 77, errno 0",
    ],
    [
      "tells in the event that a descriptor is not open",
      (g) => poll(g, { type: 1, id: noFd }) || eventOf(g),
      `1 event, 77, errno ${BADF}`,
    ],
    [
      "tells in the event that there is no such clock",
      (g) => poll(g, { id: 9 }) || eventOf(g),
      `1 event, 77, errno ${INVAL}`,
    ],
    ["knows three kinds of events", (g) => poll(g, { type: 3 }), INVAL],
    ["needs something to wait for", (g) => g.call.poll_oneoff(600, eventAt, 0, answer), INVAL],
    ["waits for 1,024 things at most", (g) => g.call.poll_oneoff(600, eventAt, 1_025, answer), INVAL],
    [
      "needs its list inside the memory",
      (g) => g.call.poll_oneoff(memoryEnd - 47, eventAt, 1, answer),
      FAULT,
      "ends",
    ],
    [
      "needs room for its events",
      (g) => g.call.poll_oneoff(g.room(48), memoryEnd - 31, 1, answer),
      FAULT,
      "ends",
    ],
  ],
  proc_exit: [["ends the guest", (g) => g.call.proc_exit(3), "ends"]],
  proc_raise: [["knows no signals", (g) => g.call.proc_raise(6), NOSYS]],
  random_get: [
    [
      "fills what it is given and no more",
      (g) => {
        g.bytes(600, 40).fill(0);
        return (
          g.call.random_get(604, 32) ||
          `${g.u32(600)} ${g.bytes(604, 32).some((byte) => byte !== 0)} ${g.u32(636)}`
        );
      },
      "0 true 0",
    ],
    ["gives nothing where nothing is asked for", (g) => g.call.random_get(600, 0), SUCCESS],
    ["fills all of a memory", (g) => g.call.random_get(0, memoryEnd), SUCCESS],
    ["needs its room inside the memory", (g) => g.call.random_get(memoryEnd - 3, 4), FAULT, "ends"],
    ["takes a length for unsigned", (g) => g.call.random_get(600, -1), FAULT, "ends"],
  ],
  sched_yield: [["has nobody to give way to", (g) => g.call.sched_yield(), SUCCESS]],
  sock_accept: [
    ["finds no socket in a stream", (g) => g.call.sock_accept(1, 0, answer), NOTSOCK, NOTSUP],
    ["needs an open descriptor", (g) => g.call.sock_accept(noFd, 0, answer), BADF, NOTSUP],
  ],
  sock_recv: [
    ["finds no socket in a stream", (g) => g.call.sock_recv(0, 0, 0, 0, answer, answer), NOTSOCK, NOTSUP],
  ],
  sock_send: [["finds no socket in a stream", (g) => g.call.sock_send(1, 0, 0, 0, answer), NOTSOCK, NOTSUP]],
  sock_shutdown: [["finds no socket in a stream", (g) => g.call.sock_shutdown(1, 3), NOTSOCK, NOTSUP]],
};

function rename(g: WasiGuest, from: string, to: string): number {
  return g.call.path_rename(3, ...g.put(from), 3, ...g.put(to));
}

/** Put there once: a guest's room is small. */
const put = new WeakMap<WasiGuest, [number, number]>();
function path(g: WasiGuest): [number, number] {
  const there = put.get(g) ?? g.put("a.txt");
  put.set(g, there);
  return there;
}

export const cases: Readonly<Record<string, readonly Case[]>> = Object.fromEntries(
  Object.entries(rows).map(([name, of]) => [
    name,
    of.map(([what, ask, expected, fallback = expected]) => ({ what, ask, expected, fallback })),
  ]),
);
