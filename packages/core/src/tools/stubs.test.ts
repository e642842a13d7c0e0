import { chooseRuntime, type Instance } from "@wasmforge/python-runtime";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import type { HostTool, HostTools, ToolInput } from "./host-tool.js";
import { parseTools } from "./parse-tools.js";
import { sdkStubs } from "./platform/sdk-stubs.js";

const tool = (input: ToolInput, description = ""): HostTool => ({ description, input, run: () => null });
const stubs = (tools: HostTools) => sdkStubs(parseTools(tools).list());
const declared = (input: ToolInput) =>
  stubs({ lookup: tool(input) }).match(/def lookup\((.*)\) -> Any:/)?.[1];

describe("type stubs of tools", () => {
  it.each([
    ["a text", z.string(), "str"],
    ["an integer", z.int(), "int"],
    ["a number", z.number(), "float"],
    ["yes or no", z.boolean(), "bool"],
    ["nothing", z.null(), "None"],
    ["a list", z.array(z.string()), "list[str]"],
    ["a list of anything", z.array(z.unknown()), "list[Any]"],
    ["a dictionary", z.record(z.string(), z.int()), "dict[str, int]"],
    ["an object", z.object({ a: z.string() }), "dict[str, Any]"],
    ["one of several texts", z.enum(["a", 'b"c']), 'Literal["a", "b\\"c"]'],
    ["one value", z.literal(5), "Literal[5]"],
    ["one of several kinds", z.union([z.string(), z.int(), z.string()]), "str | int"],
    ["perhaps nothing", z.string().nullable(), "str | None"],
    ["anything", z.unknown(), "Any"],
  ])("say for %s what Python calls it", (_, schema, type) => {
    expect(declared(z.strictObject({ value: schema }))).toContain(`value: ${type}`);
  });

  it("tell what may be left out", () => {
    expect(declared(z.object({ word: z.string(), limit: z.int().optional() }))).toBe(
      "self, *, word: str, limit: int = ...",
    );
  });
});

describe("stubs, read by Python itself", () => {
  let instance: Instance;
  let printed: Uint8Array[] = [];

  beforeAll(async () => {
    const runtime = await chooseRuntime();
    instance = await runtime.open(await runtime.compile({ memoryMb: 64 }), {
      door: () => expect.fail("nothing is asked of the host"),
      print: (_, chunk) => void printed.push(chunk),
    });
  });
  afterAll(() => instance.close());

  /** Each method's documentation and parameters, as Python understood them. */
  async function understood(text: string): Promise<Record<string, { doc: string; names: string[] }>> {
    const source = `
import builtins, json
from platform_sdk import get_input

class Names(dict):
    """In a stub, names may be used before they are defined."""
    def __missing__(self, name):
        return getattr(builtins, name, object)

module = Names()
exec("from __future__ import annotations\\n" + get_input(), {}, module)
assert [*vars(module["Tools"])] == [*vars(module["AsyncTools"])]
assert module["__annotations__"]["tools"] == "Tools" and module["__annotations__"]["tools_async"] == "AsyncTools"
assert {"Any", "Literal", "call_ai"} <= {*module}
methods = {name: f for name, f in vars(module["Tools"]).items() if not name.startswith("__")}
print(json.dumps({
    name: {"doc": f.__doc__, "names": [*f.__code__.co_varnames]} for name, f in methods.items()
}))`;
    printed = [];
    const end = await instance.run({ source, fileName: "read.py", input: text, maxPrintBytes: 100_000 });
    await instance.reset();
    expect(end).toEqual({ kind: "completed" });
    return JSON.parse(Buffer.concat(printed).toString());
  }

  it.each([
    ["quotes", 'Say """hello""" and "'],
    ["an end of the text, and code behind it", '"""\nimport os\n"""'],
    ["backslashes", "C:\\new\\x41 \\"],
    ["control characters", "a\u0000b\u001b[31m\u009bc"],
    ["letters from everywhere", "Tóm tắt văn bản 😀"],
    ["directions and separators", "a\u202eb\u2028c"],
    ["nothing", ""],
  ])("keep a description with %s as it is", async (_, description) => {
    const { lookup } = await understood(stubs({ lookup: tool(z.object({}), description) }));
    expect(lookup?.doc).toBe(description);
  });

  it("replace what Python takes nowhere in documentation", async () => {
    const { lookup } = await understood(stubs({ lookup: tool(z.object({}), "a\ud83db") }));
    expect(lookup?.doc).toBe("a\ufffdb");
  });

  it("leave names that Python does not take to `others`", async () => {
    const input = z.object({
      "a-b": z.string(),
      class: z.string(),
      self: z.string(),
      "x: int = os.abort()": z.string(),
      ok: z.string(),
    });
    const { lookup } = await understood(stubs({ lookup: tool(input) }));
    expect(lookup?.names).toEqual(["self", "ok", "others"]);
  });

  it("are Python where an argument has the name of what is left to others", async () => {
    const input = z.object({ "a-b": z.string(), others: z.string(), others_: z.string() });
    const { lookup } = await understood(stubs({ lookup: tool(input) }));
    expect(lookup?.names).toEqual(["self", "others", "others_", "others__"]);
  });

  it("are Python for texts in schemas that try to be more", async () => {
    const input = z.object({ kind: z.enum(['"] = os.abort(), x: Literal["', "a\nb", "\\", "\u2028"]) });
    expect((await understood(stubs({ lookup: tool(input) }))).lookup?.names).toEqual(["self", "kind"]);
  });

  it("are Python for schemas of any shape", async () => {
    const shapes = [
      {},
      { properties: [] },
      { properties: { a: 5 } },
      { required: "all" },
      { properties: { a: { enum: [1.5, {}] } } },
      { properties: { a: { type: ["string", "null", "magic"] } } },
    ];
    for (const inputJsonSchema of shapes) {
      await understood(stubs({ lookup: { ...tool(z.object({})), inputJsonSchema } }));
    }
    let nested: ToolInput = z.string();
    for (let depth = 0; depth < 40; depth++) nested = z.array(nested as z.ZodType);
    await understood(stubs({ lookup: tool(z.object({ nested: nested as z.ZodType })) }));
  });

  it("are Python where there are no tools", async () => {
    expect(await understood(stubs({}))).toEqual({});
  });
});
