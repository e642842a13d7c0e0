/** The example server is fuzzed by its own test, which knows how to start it: here for longer. */
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

export interface HttpFuzzed {
  readonly requests: number;
  /** What the test said, where it failed. */
  readonly problem?: string;
}

export const httpName = "http";

const root = fileURLToPath(new URL("../..", import.meta.url));
const test = "examples/express-server/test/fuzz.test.ts";
const mostSaidChars = 4_000;

export async function fuzzHttp(seconds: number, seed: number): Promise<HttpFuzzed> {
  const vitest = fileURLToPath(new URL("../../node_modules/vitest/vitest.mjs", import.meta.url));
  const child = spawn(process.execPath, [vitest, "run", test, "-t", "embedded"], {
    cwd: root,
    env: { ...process.env, FUZZ_SECONDS: String(seconds), FUZZ_SEED: String(seed), NO_COLOR: "1" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      said += chunk;
    });
  }
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  const requests = Number(/(\d+) requests were answered/.exec(said)?.[1] ?? 0);
  return { requests, ...(code !== 0 && { problem: said.slice(-mostSaidChars) }) };
}
