/** Hosts whose operating system gives them no more descriptors or memory. */
import { describe, expect, it } from "vitest";
import { runProgram } from "./program.js";

const timeout = 200_000;

describe.skipIf(process.platform === "win32").concurrent("a host", () => {
  it.each(["thread", "process"])(
    "with seats that are a %s each lives through a while without descriptors",
    { timeout },
    async (seat) => {
      const ended = await runProgram("without-descriptors.mjs", { limits: ["-n 128"], args: [seat] });
      expect(ended).toEqual({
        code: 0,
        stdout: "completed, EMFILE, stopped, not yet, told, completed\n",
        stderr: "",
      });
    },
  );

  it("without memory for all of its seats works with those that there are", { timeout }, async () => {
    const { code, stdout } = await runProgram("without-memory.mjs", { limits: ["-v 40000000"] });
    expect(stdout).toBe("fewer seats, 36 completed, 4 ended otherwise\n");
    expect(code).toBe(0);
  });
});
