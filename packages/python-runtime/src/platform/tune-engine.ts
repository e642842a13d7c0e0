/**
 * Makes the first seconds of Python faster, in this whole process. Call it before `compile`, and only in a process of
 * your own: it changes how V8 treats all WebAssembly.
 *
 * V8 counts how far a function jumps back until it is worth optimising. In an interpreter's loop each opcode can be such
 * a jump of a hundred kilobytes, so the count is up every few dozen opcodes, and each time costs a call into V8 while the
 * optimised code is still being made. Ends when V8 counts differently.
 */
export function tuneEngine(): void {
  // Not imported: it brings all of Node's streams, which a short program may never need.
  const { setFlagsFromString } = process.getBuiltinModule("node:v8");
  setFlagsFromString("--wasm-tiering-budget=400000000");
  setFlagsFromString("--wasm-lazy-validation");
}
