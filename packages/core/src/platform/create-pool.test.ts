import { describe, expect, it } from "vitest";
import { createPool } from "./create-pool.js";

describe("a pool", () => {
  it.each(["thread", "process"] as const)("runs a plugin in a %s", async (seat) => {
    await using pool = await createPool({ seat, seats: 1, spares: 0, warmUpMs: 0 });
    let printed = "";
    const result = await pool.run({
      request: { source: "print('hello')", fileName: "hello.py", input: "", maxPrintBytes: 100 },
      tenant: "anybody",
      wallTimeMs: 10_000,
      computeMs: 10_000,
      door: async () => ({ stop: "aborted" }),
      print: (_, chunk) => {
        printed += new TextDecoder().decode(chunk);
      },
      onStarted: () => {},
    });
    expect(result.end).toEqual({ kind: "completed" });
    expect(printed).toBe("hello\n");
  });
});
