import { ForgeError, type Policy, parseLimits, parsePolicy } from "@wasmforge/bridge";
import { describe, expect, it } from "vitest";
import { createPluginShelf } from "../plugin/plugin.js";
import { createRunParser } from "./run-options.js";

const allowed: Policy = { models: ["a", "b"], tools: { t: true } };

function parserOf() {
  const defaults = { policy: parsePolicy(allowed), limits: parseLimits(), takenFolders: new Set<string>() };
  return createRunParser(defaults, createPluginShelf());
}
const plugin = { name: "p", source: "" };
const valuesOf = (values: unknown[]) => ({
  tools: { t: { arguments: { a: { kind: "oneOf", values } } } },
});

/** As an app may have them: what it allows is in no field of its own. */
class OfTenant {
  readonly #models: readonly string[];
  constructor(...models: readonly string[]) {
    this.#models = models;
  }
  get models() {
    return this.#models;
  }
  get wallTimeMs() {
    return 5;
  }
}

describe("what a run narrows", () => {
  it.each([
    ["an instance of a class", new OfTenant("a")],
    ["a Map", new Map([["models", []]])],
    ["a Date", new Date()],
  ])("is not taken for nothing where it is %s", (_, wanted) => {
    const parse = parserOf();
    for (const option of ["policy", "limits"]) {
      expect(() => parse(plugin, { [option]: wanted })).toThrow(
        expect.objectContaining({
          code: "invalid_options",
          message: expect.stringContaining(`${option} must be plain data`),
        }),
      );
    }
    expect(() => parse(plugin, { policy: { maxCallsPerMinute: wanted } })).toThrow(
      "policy.maxCallsPerMinute must be plain data",
    );
    expect(parse(plugin, { policy: {} }).policy).toEqual(parsePolicy(allowed));
  });

  it("is not taken for what another run said that JSON would write the same", () => {
    const rules = (policy: object) => parse(plugin, { policy }).policy.tools;
    const parse = parserOf();
    expect(rules(valuesOf([-0]))).toEqual(valuesOf([-0]).tools);
    expect(rules(valuesOf([0]))).toEqual(valuesOf([0]).tools);
    expect(rules(valuesOf([null]))).toEqual(valuesOf([null]).tools);
    for (const same of [
      [Number.NaN],
      [undefined],
      new Array(1),
      [Number.POSITIVE_INFINITY],
      [() => 1],
      [1n],
    ]) {
      expect(() => rules(valuesOf(same))).toThrow(ForgeError);
    }
    expect(() => rules({ models: ["a"], toJSON: () => ({}) })).toThrow(ForgeError);
  });

  it("is read once, whatever its fields would say the second time", () => {
    const parse = parserOf();
    let asked = 0;
    const fickle = {
      get models() {
        asked += 1;
        return asked === 1 ? ["a"] : ["a", "b"];
      },
    };
    expect(parse(plugin, { policy: fickle }).policy.models).toEqual(["a:latest"]);
    expect(parse(plugin, { policy: { models: ["a"] } }).policy.models).toEqual(["a:latest"]);
    expect(asked).toBe(1);
  });

  it("that contains itself is refused", () => {
    const circle: Record<string, unknown> = {};
    circle.models = circle;
    expect(() => parserOf()(plugin, { policy: circle })).toThrow("must be plain data");
  });
});

describe("bytes that a run is given", () => {
  it.each([
    ["bytes", (text: string) => new TextEncoder().encode(text)],
    ["a Buffer", (text: string) => Buffer.from(text)],
    ["shared memory", (text: string) => shared(text)],
  ])("as %s are what they were when it was asked for", (_, bytesOf) => {
    const [source, input, bytes, file] = ["1", "2", "3", "4"].map(bytesOf) as Uint8Array[];
    const run = parserOf()(
      { name: "p", source },
      { input, file: { name: "f", mediaType: "m", bytes }, files: { file } },
    );
    const hash = run.plugin.sha256;
    for (const given of [source, input, bytes, file]) given?.fill(0);
    expect(run).toMatchObject({
      plugin: { source: Uint8Array.of(0x31), sha256: hash },
      input: Uint8Array.of(0x32),
      file: { bytes: Uint8Array.of(0x33) },
      files: { file: Uint8Array.of(0x34) },
    });
  });
});

function shared(text: string): Uint8Array {
  const bytes = new Uint8Array(new SharedArrayBuffer(text.length));
  bytes.set(new TextEncoder().encode(text));
  return bytes;
}

describe("a signal of a run", () => {
  it("can be let go of again", () => {
    const signal = { aborted: false, addEventListener() {} };
    expect(() => parserOf()(plugin, { signal })).toThrow("signal must be an AbortSignal");
  });
});
