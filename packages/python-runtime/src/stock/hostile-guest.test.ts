import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { python } from "../conformance/python.js";
import { nodeStock } from "../platform/node-stock.js";
import type { Instance, RunEnd, RunRequest } from "../port.js";
import { StockRuntime } from "./stock-runtime.js";

/** The stock runtime's channel is a pair of files that every plugin can open. */
describe("a plugin that writes to the channel itself", () => {
  let instance: Instance;
  let calls: string[] = [];

  beforeAll(async () => {
    const runtime = new StockRuntime(nodeStock);
    instance = await runtime.open(await runtime.compile({ memoryMb: 64 }), {
      door: (op, payload) => {
        calls.push(op);
        return payload;
      },
      print: () => {},
    });
  });
  afterAll(() => instance.close());

  async function run(source: string, options: Partial<RunRequest> = {}): Promise<RunEnd> {
    calls = [];
    const request = { source, fileName: "a.py", input: "", maxPrintBytes: 100_000, ...options };
    try {
      return await instance.run(request);
    } finally {
      await instance.reset();
    }
  }

  async function expectNormalRun() {
    expect(await run("import _forge\nassert _forge.call('echo', b'x') == b'x'")).toEqual({
      kind: "completed",
    });
    expect(calls).toEqual(["echo"]);
  }

  const open = "import os\nfd = os.open('/forge/request', os.O_WRONLY)\n";

  for (const [what, lines] of Object.entries({
    "half a request": "os.write(fd, b'\\x02\\x05')",
    garbage: "os.write(fd, os.urandom(100_000))",
    "a request of 4 GB": "os.write(fd, b'\\x02' + b'\\xff' * 8)",
    "a request that never comes": "os.write(fd, b'\\x02\\x00\\x00\\x00\\x00\\xff\\xff\\xff\\x00')",
  })) {
    it(`spoils its own report at most: ${what}`, async () => {
      const end = await run(`${open}try: ${lines}\nexcept OSError: pass`);
      expect(["completed", "exited", "raised"]).toContain(end.kind);
      await expectNormalRun();
    });
  }

  it("can make no call that it could not make otherwise, and end only itself", async () => {
    const request = String.raw`os.write(fd, b"\x02\x04\x00\x00\x00\x01\x00\x00\x00echox")`;
    expect(await run(`${open}${request}`)).toEqual({ kind: "completed" });
    expect(calls).toEqual(["echo"]);
    const report = String.raw`os.write(fd, b"\x03\x00\x00\x00\x00\x14\x00\x00\x00" + b'{"kind":"completed"}')`;
    expect(await run(`${open}${report}\nwhile True: pass`)).toEqual({ kind: "completed" });
    await expectNormalRun();
  });

  it("cannot close it, or take its place", async () => {
    const source = python`
      import os
      for fd in range(3, 40):
          try: os.close(fd)
          except OSError: pass
      for fd in range(1, 40):
          try: os.dup2(0, fd)
          except (OSError, AttributeError): pass
      import _forge
      assert _forge.call("echo", b"x") == b"x"
    `;
    expect(await run(source)).toEqual({ kind: "completed" });
    await expectNormalRun();
  });

  it("cannot have the host make an object for each of a list of buffers, or a text of a path, without end", async () => {
    const source = python`
      import errno, os
      for attempt, refusal in (
          (lambda: os.writev(1, [b""] * 5_000), errno.EINVAL),
          (lambda: os.open("x/" * 100_000, os.O_RDONLY), errno.ENAMETOOLONG),
      ):
          try:
              attempt()
              raise SystemExit("it was taken")
          except OSError as error:
              assert error.errno == refusal, error
    `;
    expect(await run(source)).toEqual({ kind: "completed" });
    await expectNormalRun();
  });

  it("cannot change the files that the interpreter starts from", async () => {
    const source = python`
      import os
      for name in os.listdir("/forge"):
          for flags in (os.O_WRONLY, os.O_RDWR | os.O_TRUNC, os.O_RDONLY | os.O_TRUNC):
              if name not in ("request", "response"):
                  try:
                      os.open("/forge/" + name, flags)
                      raise SystemExit(name)
                  except OSError:
                      pass
    `;
    expect(await run(source)).toEqual({ kind: "completed" });
    await expectNormalRun();
  });

  it.each(["forge/x.py", "/usr/local/x", "usr"])(
    "is not granted what lies under the interpreter's own: %s",
    async (path) => {
      await expect(run("x = 1", { files: { [path]: new Uint8Array() } })).rejects.toThrow(
        /interpreter's own/,
      );
      await expectNormalRun();
    },
  );
});
