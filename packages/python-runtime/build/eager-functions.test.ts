import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import {
  concat,
  fn,
  functionType,
  i32,
  name,
  op,
  section,
  unsigned,
  vector,
} from "../src/image/wasm-encoding.js";
import { withEagerFunctions, withMarkedCalls } from "./eager-functions.js";

/** Exports its memory and two functions with a local of their own, of which the second calls the first. */
const module = concat([
  Uint8Array.of(0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00),
  section(1, vector([functionType([], [i32])])),
  section(3, vector([unsigned(0), unsigned(0), unsigned(0)])),
  section(5, vector([Uint8Array.of(0x00, 1)])),
  section(
    7,
    vector([
      concat([name("memory"), Uint8Array.of(0x02, 0)]),
      concat([name("seven"), Uint8Array.of(0x00, 0)]),
      concat([name("also"), Uint8Array.of(0x00, 1)]),
    ]),
  ),
  section(10, vector([fn([i32], op.constant(7)), fn([i32], op.call(0)), fn([], op.constant(1))])),
]);

function instantiate(bytes: Uint8Array<ArrayBuffer>) {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes));
  return exports as { memory: WebAssembly.Memory; seven: () => number; also: () => number };
}

describe("marking calls", () => {
  it("shows which functions were called, and changes nothing else", () => {
    const { memory, seven, also } = instantiate(withMarkedCalls(module));
    const marks = () => [...new Uint8Array(memory.buffer, 0, 3)];
    expect([marks(), seven(), marks()]).toEqual([[0, 0, 0], 7, [1, 0, 0]]);
    expect([also(), marks()]).toEqual([7, [1, 1, 0]]);
  });

  it("refuses a module that has no code or is cut off", () => {
    expect(() => withMarkedCalls(module.subarray(0, 8))).toThrow("no code");
    expect(() => withMarkedCalls(module.subarray(0, module.length - 3))).toThrow("too early");
  });
});

describe("naming functions to compile beforehand", () => {
  const named = withEagerFunctions(module, (index) => index === 1);

  it("leaves a module that does the same", () => {
    expect(instantiate(named).also()).toBe(7);
  });

  it("has a hint for each function", () => {
    const at = Buffer.from(named).indexOf("compilationHints") + "compilationHints".length;
    expect([...named.subarray(at, at + 4)]).toEqual([3, 1, 2, 1]);
  });

  it.runIf(/^(11\.3|12\.4)\./.test(process.versions.v8))("is understood by this engine", () => {
    const validate = (bytes: Uint8Array) => {
      const program = `console.log(WebAssembly.validate(Uint8Array.of(${bytes.join()})))`;
      const flags = ["--experimental-wasm-compilation-hints", "--no-wasm-lazy-compilation"];
      return execFileSync(process.execPath, [...flags, "--eval", program], { encoding: "utf8" }).trim();
    };
    const oneTooFew = named.slice();
    oneTooFew[Buffer.from(named).indexOf("compilationHints") + "compilationHints".length] = 2;
    expect([validate(named), validate(oneTooFew)]).toEqual(["true", "false"]);
  });
});
