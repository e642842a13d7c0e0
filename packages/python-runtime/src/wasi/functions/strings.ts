import type { GuestMemory } from "../guest-memory.js";
import type { WasiHost } from "./host.js";
import type { WasiActions } from "./signatures.js";

type StringFunctions = Pick<WasiActions, "args_get" | "args_sizes_get" | "environ_get" | "environ_sizes_get">;

/** None is an empty success: CPython stops with a trap where these fail. */
export function stringFunctions(host: WasiHost): StringFunctions {
  const { memory } = host;
  return {
    args_get: (argv, argvBuf) => writeStrings(memory, host.run.args, argv, argvBuf),
    args_sizes_get: (argc, argvBufSize) => writeSizes(memory, host.run.args, argc, argvBufSize),
    environ_get: (environ, environBuf) => writeStrings(memory, host.run.env, environ, environBuf),
    environ_sizes_get: (count, bufSize) => writeSizes(memory, host.run.env, count, bufSize),
  };
}

function sizeOf(strings: readonly Uint8Array[]): number {
  return strings.reduce((sum, text) => sum + text.length, 0);
}

function writeSizes(memory: GuestMemory, strings: readonly Uint8Array[], count: number, size: number): void {
  memory.check(size, 4);
  memory.setU32(count, strings.length);
  memory.setU32(size, sizeOf(strings));
}

function writeStrings(
  memory: GuestMemory,
  strings: readonly Uint8Array[],
  list: number,
  buffer: number,
): void {
  const slots = memory.check(list, strings.length * 4);
  let at = memory.check(buffer, sizeOf(strings));
  for (const [i, text] of strings.entries()) {
    memory.setU32(slots + i * 4, at);
    memory.bytes(at, text.length).set(text);
    at += text.length;
  }
}
