import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { ToolInfo } from "@wasmforge/bridge";
import { toolStubs } from "../stubs.js";

/** The SDK's own stubs, in which `tools` and `tools_async` are these tools: a `platform_sdk.pyi` for editors. */
export function sdkStubs(tools: readonly ToolInfo[]): string {
  const file = createRequire(import.meta.url).resolve("@wasmforge/bridge/python/platform_sdk.pyi");
  const sdk = readFileSync(file, "utf8")
    .replace(/^tools: \w+$/m, "tools: Tools")
    .replace(/^tools_async: \w+$/m, "tools_async: AsyncTools");
  return `${sdk}\n${toolStubs(tools)}`;
}
