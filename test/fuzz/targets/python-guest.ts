/** The WASI layer under a real interpreter, whose library asks it for all that a plugin wants. */
import fc from "fast-check";
import { forgedRuntime } from "../../../packages/python-runtime/src/platform/runtimes.js";
import { hasImage } from "../../../packages/python-runtime/src/test/image.js";
import { TestSeat } from "../../../packages/python-runtime/src/test/test-seat.js";
import { assert } from "../assert.js";
import { valuesTarget } from "../target.js";

const files = { "a.txt": new TextEncoder().encode("hello, world"), "d/x": new Uint8Array(70_000) };
const request = { files, repeatable: { seed: 1, nowMs: 1_750_000_000_000 } };

const path = fc.constantFrom(
  ...[
    "'/a.txt'",
    "'a.txt'",
    "'/d'",
    "'/d/x'",
    "'/'",
    "''",
    "'..'",
    "'/../../etc/passwd'",
    "'/d/../a.txt'",
    "'/no'",
  ],
  ...[
    "b'/a.txt'",
    "b'\\xff'",
    "'\\ud800'",
    "'a\\0b'",
    "'x' * 300",
    "'/d/' * 2000",
    "'/a.txt/'",
    "0",
    "3",
    "99",
    "-1",
  ],
  ...["None", "'/dev/stdout'", "'/proc/self/environ'", "'\\ufeff/a.txt'"],
);
const number = fc.constantFrom(
  ...[
    "0",
    "1",
    "2",
    "3",
    "4",
    "5",
    "7",
    "127",
    "128",
    "-1",
    "-2",
    "2**31 - 1",
    "2**31",
    "-2**31",
    "2**32",
    "2**63 - 1",
  ],
  ...["2**63", "-2**63", "2**64", "4096", "65536", "1_000_000", "True", "None", "1.5", "'1'"],
);
const bytes = fc.constantFrom(
  "b''",
  "b'x'",
  "bytes(70_000)",
  "bytearray(5)",
  "memoryview(bytes(9))[::2]",
  "'text'",
);
const buffers = fc.constantFrom(
  "[]",
  "[b'']",
  "[bytearray(5), bytearray(70_000)]",
  "[b'x'] * 2000",
  "[5]",
  "(b'a',) * 3",
);
const flags = fc.constantFrom(
  ...[
    "os.O_RDONLY",
    "os.O_WRONLY",
    "os.O_RDWR",
    "os.O_CREAT",
    "os.O_RDWR | os.O_CREAT | os.O_TRUNC",
    "os.O_APPEND",
  ],
  ...["os.O_DIRECTORY", "os.O_EXCL | os.O_CREAT", "-1", "2**31 - 1"],
);
/** No other number: WASI's C library takes a clock for an address, and reads there. */
const clock = fc.constantFrom(
  "time.CLOCK_REALTIME",
  "time.CLOCK_MONOTONIC",
  "time.CLOCK_PROCESS_CPUTIME_ID",
  "None",
);
const kinds = { path, number, bytes, buffers, flags, clock };

/** Calls by the kinds of their arguments. Not `os.closerange`, which counts to its end: that is what limits of time are for. */
const calls: Readonly<Record<string, readonly (keyof typeof kinds)[]>> = {
  "os.open": ["path", "flags", "number"],
  "os.read": ["number", "number"],
  "os.pread": ["number", "number", "number"],
  "os.readv": ["number", "buffers"],
  "os.preadv": ["number", "buffers", "number"],
  "os.write": ["number", "bytes"],
  "os.pwrite": ["number", "bytes", "number"],
  "os.writev": ["number", "buffers"],
  "os.lseek": ["number", "number", "number"],
  "os.close": ["number"],
  "os.fstat": ["number"],
  "os.stat": ["path"],
  "os.lstat": ["path"],
  "os.access": ["path", "number"],
  "os.listdir": ["path"],
  "list(os.scandir": ["path"],
  "os.mkdir": ["path", "number"],
  "os.rmdir": ["path"],
  "os.unlink": ["path"],
  "os.rename": ["path", "path"],
  "os.replace": ["path", "path"],
  "os.link": ["path", "path"],
  "os.symlink": ["path", "path"],
  "os.readlink": ["path"],
  "os.truncate": ["path", "number"],
  "os.ftruncate": ["number", "number"],
  "os.fsync": ["number"],
  "os.fdatasync": ["number"],
  "os.posix_fallocate": ["number", "number", "number"],
  "os.posix_fadvise": ["number", "number", "number", "number"],
  "os.utime": ["path", "number"],
  "os.chdir": ["path"],
  "os.isatty": ["number"],
  "os.get_blocking": ["number"],
  "os.set_blocking": ["number", "number"],
  "os.urandom": ["number"],
  "open(path).read": [],
  "io.FileIO": ["path", "flags"],
  "time.clock_gettime_ns": ["clock"],
  "time.clock_getres": ["clock"],
  "time.sleep": ["number"],
  "select.select": ["buffers", "buffers", "buffers", "number"],
  "select.poll().register": ["number", "number"],
};

const call: fc.Arbitrary<string> = fc.oneof(
  ...Object.entries(calls).map(([name, takes]) =>
    fc
      .tuple(...takes.map((kind) => kinds[kind]))
      .map((args) => `${name}(${args.join(", ")})${name.startsWith("list(") ? ")" : ""}`),
  ),
);

export const pythonGuestTarget = valuesTarget<readonly string[]>({
  name: "python-guest",
  about:
    "Whatever a plugin asks of its system, it gets an answer or an exception of Python's, and the next run is a new one.",
  values: fc.array(call, { minLength: 1, maxLength: 30 }),
  async open() {
    if (!hasImage) return { check() {}, close() {} };
    const seat = await TestSeat.open(await forgedRuntime().compile({ memoryMb: 64 }));
    return {
      async check(asked) {
        const lines = asked.map((one) => `try: found = ${one}\nexcept (Exception, MemoryError): pass\n`);
        const source = `import io, os, select, time\npath = '/a.txt'\n${lines.join("")}`;
        const { end } = await seat.run(source, { ...request, keepMain: false });
        await seat.reset();
        assert(["completed", "raised"].includes(end.kind), `it ended as ${JSON.stringify(end)}`);
        const next = "import os\nprint(sum(range(1000)), os.listdir('/'))";
        const output = await seat.output(next, { ...request, keepMain: false });
        assert(output === "499500 ['a.txt', 'd']\n", `the next run says ${output}`);
        await seat.reset();
      },
      close: () => seat.close(),
    };
  },
});
