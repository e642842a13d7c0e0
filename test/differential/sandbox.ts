import { forgedRuntime, type Instance, type RunEnd, type Runtime } from "@wasmforge/python-runtime";
import type { Program, Result } from "./program.js";

const memoryMb = 128;
const maxPrintBytes = 4 << 20;

/** What came of each program, in order. */
export async function runInSandbox(
  programs: readonly Program[],
  runtime: Runtime = forgedRuntime(),
): Promise<readonly Result[]> {
  const artifact = await runtime.compile({ memoryMb });
  let printed: Uint8Array[] = [];
  const open = () =>
    runtime.open(artifact, {
      door: () => new TextEncoder().encode('{"ok":null}'),
      print: (stream, chunk) => void (stream === "stdout" && printed.push(chunk)),
    });
  let instance: Instance = await open();
  const results: Result[] = [];
  for (const { source } of programs) {
    printed = [];
    const end = await instance.run({ source, fileName: "p.py", input: "", maxPrintBytes });
    results.push({ stdout: new TextDecoder().decode(Buffer.concat(printed)), ...toError(end) });
    if ((await instance.reset()) === "replace") {
      instance.close();
      instance = await open();
    }
  }
  instance.close();
  return results;
}

function toError(end: RunEnd): Pick<Result, "error"> {
  switch (end.kind) {
    case "completed":
      return {};
    case "raised": {
      const { type, message, line } = end.error;
      return { error: { type, message, ...(line !== undefined && { line }) } };
    }
    case "exited":
      return { error: { type: "SystemExit", message: String(end.code) } };
    default:
      return { error: { type: end.kind, message: JSON.stringify(end) } };
  }
}
