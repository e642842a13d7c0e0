import { StopRun } from "../port.js";
import type { Cases } from "./cases.js";
import { python } from "./python.js";

export function printCases({ lab, expect, can }: Cases): void {
  can("comes out on the stream it was printed to", async () => {
    const source = python`
      import os, sys
      print("out")
      print("err", file=sys.stderr)
      sys.stdout.buffer.write(b"raw out\n")
      sys.stdout.flush()
      os.write(1, b"fd 1\n")
      os.write(2, b"fd 2\n")
    `;
    const { end, stdout, stderr } = await lab.run(source);
    expect({ end, stdout, stderr }).toEqual({
      end: { kind: "completed" },
      stdout: "out\nraw out\nfd 1\n",
      stderr: "err\nfd 2\n",
    });
  });

  can("arrives whole without a line end, and when the plugin fails or exits after it", async () => {
    expect((await lab.run("print('a', end='')")).stdout).toBe("a");
    expect((await lab.run("print('a', end='')\n1/0")).stdout).toBe("a");
    expect((await lab.run("import sys\nprint('a', end='')\nsys.exit(3)")).stdout).toBe("a");
  });

  can("before a call comes before the call", async () => {
    const source = "from platform_sdk import send_output\nprint('a')\nsend_output('b')\nprint('c')";
    expect((await lab.run(source)).order).toEqual(["stdout", "send_output", "stdout"]);
  });

  can("keeps every character", async () => {
    const source = String.raw`print("a\x00b\x1b[2Jc\u2028d\r\ne😀\ufeff", end="")`;
    expect((await lab.run(source)).stdout).toBe("a\u0000b\u001b[2Jc\u2028d\r\ne😀\ufeff");
  });

  can("that is no UTF-8 arrives byte for byte", async () => {
    const { end, stdoutBytes } = await lab.run(String.raw`import os; os.write(1, b"\xff\xfe\x80abc\n")`);
    expect(end).toEqual({ kind: "completed" });
    expect([...stdoutBytes]).toEqual([0xff, 0xfe, 0x80, 0x61, 0x62, 0x63, 0x0a]);
  });

  can("goes to no terminal", async () => {
    const source = "import sys\nprint(sys.stdin.isatty(), sys.stdout.isatty(), sys.stderr.isatty())";
    expect(await lab.output(source)).toBe("False False False\n");
  });

  for (const stream of ["stdout", "stderr"] as const) {
    can(`on ${stream} may be as much as was granted, and not a byte more`, async () => {
      const write = (size: number) => `import sys\nsys.${stream}.write("x" * ${size})`;
      const exact = await lab.run(write(50_000), { maxPrintBytes: 50_000 });
      expect(exact.end).toEqual({ kind: "completed" });
      expect(exact[stream]).toHaveLength(50_000);
      const over = await lab.run(write(50_001), { maxPrintBytes: 50_000 });
      expect(over.end).toEqual({ kind: "stopped", reason: "output" });
      expect(over[stream]).toHaveLength(50_000);
    });

    can(`on ${stream} without end is stopped, in small pieces and in large ones`, async () => {
      for (const piece of ["'y' * 999 + '\\n'", "'y' * 10_000_000"]) {
        const { end, ...texts } = await lab.run(`import sys\nwhile True: sys.${stream}.write(${piece})`);
        expect(end).toEqual({ kind: "stopped", reason: "output" });
        expect(texts[stream]).toHaveLength(1_000_000);
      }
      await lab.expectNormalRun();
    });
  }

  can("on one stream takes nothing from the other", async () => {
    const source = "import sys\nsys.stdout.write('o' * 1000)\nsys.stderr.write('e' * 1000)";
    const { end, stdout, stderr } = await lab.run(source, { maxPrintBytes: 1000 });
    expect([end.kind, stdout.length, stderr.length]).toEqual(["completed", 1000, 1000]);
  });

  can("cannot be caught when it is stopped", async () => {
    const source = python`
      while True:
          try:
              print("x" * 1000, flush=True)
          except BaseException:
              pass
    `;
    expect((await lab.run(source)).end).toEqual({ kind: "stopped", reason: "output" });
  });

  can("ends the run for whatever reason its receiver has", async () => {
    const { end } = await lab.run("while True: print('x')", {
      onPrint: () => {
        throw new StopRun("aborted");
      },
    });
    expect(end).toEqual({ kind: "stopped", reason: "aborted" });
    await lab.expectNormalRun();
  });

  can("is the receiver's to keep", async () => {
    const kept: Uint8Array[] = [];
    const source = "import os\nfor i in range(3): os.write(1, b'%d' % i * 100)";
    await lab.run(source, { onPrint: (_, chunk) => void kept.push(chunk) });
    await lab.expectNormalRun();
    expect(kept.map((chunk) => new TextDecoder().decode(chunk)).join("")).toBe(
      "0".repeat(100) + "1".repeat(100) + "2".repeat(100),
    );
  });
}
