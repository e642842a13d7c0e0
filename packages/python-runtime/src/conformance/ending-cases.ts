import type { RunEnd } from "../port.js";
import type { Cases } from "./cases.js";
import { python } from "./python.js";

const exits: Readonly<Record<string, readonly [source: string, code: number, stderr?: string]>> = {
  "sys.exit()": ["import sys; sys.exit()", 0],
  "sys.exit(0)": ["import sys; sys.exit(0)", 0],
  "sys.exit(3)": ["import sys; sys.exit(3)", 3],
  "sys.exit(None)": ["import sys; sys.exit(None)", 0],
  "sys.exit('text')": ["import sys; sys.exit('last words')", 1, "last words\n"],
  "sys.exit with an object": ["import sys; sys.exit([1, 2])", 1, "[1, 2]\n"],
  "sys.exit(True)": ["import sys; sys.exit(True)", 1],
  "sys.exit with a number beyond all codes": ["import sys; sys.exit(10**100)", -1],
  "raise SystemExit": ["raise SystemExit(4)", 4],
  "exit()": ["exit(5)", 5],
  "quit()": ["quit()", 0],
  "os._exit(0)": ["import os; os._exit(0)", 0],
  "os._exit(7)": ["import os; os._exit(7)", 7],
};

export function endingCases({ lab, expect, can }: Cases): void {
  const endOf = async (source: string): Promise<RunEnd> => (await lab.run(source)).end;

  can("is completion when the plugin's text is at its end", async () => {
    expect(await endOf("")).toEqual({ kind: "completed" });
    expect(await endOf("# nothing")).toEqual({ kind: "completed" });
    expect(await endOf("x = 1")).toEqual({ kind: "completed" });
  });

  for (const [call, [source, code, said = ""]] of Object.entries(exits)) {
    can(`is an exit with its code: ${call}`, async () => {
      const { end, stderr } = await lab.run(source);
      expect({ end, stderr }).toEqual({ end: { kind: "exited", code }, stderr: said });
    });
  }

  can("is an exit also from inside of functions and through finally", async () => {
    const source = python`
      import sys
      def f():
          try:
              sys.exit(6)
          finally:
              print("cleaned up")
      f()
    `;
    expect(await lab.run(source)).toMatchObject({ end: { kind: "exited", code: 6 }, stdout: "cleaned up\n" });
  });

  can("is none when the plugin catches SystemExit", async () => {
    expect(await lab.output("try: exit(3)\nexcept SystemExit as e: print(e.code)")).toBe("3\n");
  });

  can("is a crash when the interpreter aborts", async () => {
    expect(await endOf("import os; os.abort()")).toMatchObject({ kind: "crashed", cause: "abort" });
    await lab.expectNormalRun();
  });

  can("comes after atexit handlers, last registered first, however the plugin ended", async () => {
    const register = "import atexit\nfor i in range(3): atexit.register(print, i)\n";
    expect(await lab.run(register)).toMatchObject({ end: { kind: "completed" }, stdout: "2\n1\n0\n" });
    expect(await lab.run(`${register}exit(3)`)).toMatchObject({ end: { code: 3 }, stdout: "2\n1\n0\n" });
    expect(await lab.run(`${register}1/0`)).toMatchObject({ end: { kind: "raised" }, stdout: "2\n1\n0\n" });
  });

  can("is not changed by an atexit handler that fails, which is told on stderr", async () => {
    const source = "import atexit\natexit.register(lambda: 1/0)\natexit.register(exit, 9)";
    const { end, stderr } = await lab.run(source);
    expect(end).toEqual({ kind: "completed" });
    expect(stderr).toContain("ZeroDivisionError");
  });

  can("lets atexit handlers make calls", async () => {
    const source = "import atexit\nfrom platform_sdk import *\natexit.register(send_output, 'late')";
    expect((await lab.run(source)).sent).toEqual(["late"]);
  });

  can("is reported though the plugin closed everything there is to close", async () => {
    const source =
      "import os, sys\nsys.stdout.close(); sys.stderr.close(); sys.stdin.close()\nos.closerange(0, 300)";
    expect(await endOf(source)).toEqual({ kind: "completed" });
    await lab.expectNormalRun();
  });

  for (const report of [
    "b'garbage'",
    "b''",
    "b'{}'",
    `b'{"kind":"stopped","reason":"memory"}'`,
    "b'x' * 10**7",
  ]) {
    can(`is the guest's only in so far as a guest may say so: ${report}`, async () => {
      const { end } = await lab.run(`import _forge\n_forge.end(${report})`);
      expect(["completed", "raised"]).toContain(end.kind);
      await lab.expectNormalRun();
    });
  }
}
