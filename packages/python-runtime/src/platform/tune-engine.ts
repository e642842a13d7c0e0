/**
 * Makes the first seconds of Python faster, in this whole process. Call it before `compile`, and only in a process of
 * your own: it changes how V8 treats all WebAssembly.
 */
export function tuneEngine(): void {
  // Not imported: it brings all of Node's streams, which a short program may never need.
  const { setFlagsFromString } = process.getBuiltinModule("node:v8");
  for (const flag of [...optimiseLater, ...(readsHints() ? compileWhatIsHinted : [])])
    setFlagsFromString(flag);
}

/**
 * V8 counts how far a function jumps back until it is worth optimising. In an interpreter's loop each opcode can be such
 * a jump of a hundred kilobytes, so the count is up every few dozen opcodes, and each time costs a call into V8 while the
 * optimised code is still being made. Ends when V8 counts differently.
 */
const optimiseLater = ["--wasm-tiering-budget=400000000", "--wasm-lazy-validation"];

/**
 * An image names the functions that a first run needs (build/eager-functions.ts). V8 then compiles them on other threads
 * while the image is read and checked, instead of one by one while the run waits. Modules without such hints are compiled
 * whole. Ends when engines read hints on their own.
 */
const compileWhatIsHinted = ["--experimental-wasm-compilation-hints", "--no-wasm-lazy-compilation"];

/** Those of Node 20 and 22. That of Node 24 never comes to an end with such a module. */
function readsHints(): boolean {
  return /^(11\.3|12\.4)\./.test(process.versions.v8);
}
