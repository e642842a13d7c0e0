import { describe, expect, it } from "vitest";
import { GuestMemory } from "../wasi/guest-memory.js";
import { createHostSide } from "./host-functions.js";

const pageBytes = 65_536;
const secret = "the answer of another run";

function create() {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 1 });
  const bytes = new Uint8Array(memory.buffer);
  const ends: Uint8Array[] = [];
  const host = createHostSide({
    memory: new GuestMemory(() => memory),
    door: () => new TextEncoder().encode(secret),
    supply: (name) => (name === "input" ? new TextEncoder().encode(secret) : undefined),
    end: (report) => void ends.push(report),
    pageIn: () => {},
  });
  bytes.set(new TextEncoder().encode("input"));
  const all = () => new TextDecoder().decode(bytes.subarray(100)).replaceAll("\0", "");
  return { ...host, ends, all };
}

describe("what a guest asks of its host", () => {
  it("waits until it is taken, once, and no more than there is room for", () => {
    const { imports, all } = create();
    expect(imports.supply(0, 5)).toBe(secret.length);
    imports.take(100, 10);
    expect(all()).toBe(secret.slice(0, 10));
    imports.take(200, 100);
    expect(all()).toBe(secret.slice(0, 10));
  });

  it.each([
    ["supply", (imports: ReturnType<typeof create>["imports"]) => imports.supply(0, 5)],
    ["call", (imports: ReturnType<typeof create>["imports"]) => imports.call(0, 5, 0, 5)],
  ])("is gone with its run, where the guest did not take it: %s", (_, ask) => {
    const { imports, forget, all } = create();
    expect(ask(imports)).toBe(secret.length);
    forget();
    // Neither of these has an answer that would take its place.
    expect(imports.supply(0, 2_000)).toBe(-1);
    expect(imports.call(0, 2_000, 0, 0)).toBe(-2);
    imports.take(100, pageBytes);
    expect(all()).toBe("");
  });

  it.each([
    [-1, 5],
    [pageBytes, 1],
    [pageBytes - 4, 5],
    [0xffff_ffff, 1],
    [-(2 ** 31), 1024],
  ])("traps where it names memory that is not there: %i, %i", (pointer, length) => {
    const { imports } = create();
    expect(() => imports.supply(pointer, length)).toThrow(WebAssembly.RuntimeError);
    expect(() => imports.call(pointer, length, 0, 0)).toThrow(WebAssembly.RuntimeError);
    expect(() => imports.call(0, 5, pointer, length)).toThrow(WebAssembly.RuntimeError);
    expect(() => imports.end(pointer, length)).toThrow(WebAssembly.RuntimeError);
    imports.supply(0, 5);
    expect(() => imports.take(pointer, pageBytes)).toThrow(WebAssembly.RuntimeError);
  });
});
