import { ForgeError, ToolError } from "@wasmforge/bridge";
import * as v from "valibot";
import { describe, expect, expectTypeOf, it } from "vitest";
import { z } from "zod";
import { defineTool, type HostTools, type ToolInputs } from "./host-tool.js";
import { parseTools } from "./parse-tools.js";

const context = { signal: new AbortController().signal, runId: "r1" };
const lookup = {
  description: "Looks a word up.",
  input: z.object({ word: z.string().max(10), limit: z.int().default(3) }),
  run: ({ word, limit }: { word: string; limit: number }) => ({ word, limit }),
};

function refusalOf(tools: unknown): string {
  try {
    parseTools(tools);
  } catch (error) {
    if (ForgeError.is(error) && error.code === "invalid_options") return error.message;
    throw error;
  }
  return expect.fail("these tools were taken");
}

describe("a host's tools", () => {
  it("are listed with the JSON schema that their schema says of itself", () => {
    expect(parseTools({ lookup }).list()).toEqual([
      {
        name: "lookup",
        description: "Looks a word up.",
        inputSchema: expect.objectContaining({
          type: "object",
          properties: { word: { type: "string", maxLength: 10 }, limit: expect.anything() },
          required: ["word"],
        }),
      },
    ]);
  });

  it("get what their schema made of the arguments", async () => {
    const tools = parseTools({ lookup });
    expect(await tools.call("lookup", { word: "hi", extra: 1 }, context)).toEqual({ word: "hi", limit: 3 });
  });

  it("refuse other arguments in words that name them, and no more than a few", async () => {
    const tools = parseTools({ lookup, strict: { ...lookup, input: z.strictObject({}) } });
    const refusal = tools.call("lookup", { word: 5, limit: "x" }, context);
    await expect(refusal).rejects.toSatisfy(ToolError.is);
    await expect(refusal).rejects.toMatchObject({
      code: "bad_arguments",
      message: expect.stringMatching(/^word: .*; limit: /),
    });
    const many = Object.fromEntries(Array.from({ length: 5_000 }, (_, n) => [`name${n}`.repeat(10), n]));
    await expect(tools.call("strict", many, context)).rejects.toSatisfy(
      (error: Error) => error.message.length < 2_000,
    );
  });

  it("may use a library that cannot say JSON schemas, with or without one beside it", async () => {
    const input = v.object({ word: v.string() });
    const inputJsonSchema = { type: "object", properties: { word: { type: "string" } } };
    const tools = parseTools({
      plain: { ...lookup, input, run: ({ word }: { word: string }) => word },
      shown: { ...lookup, input, inputJsonSchema },
    });
    expect(tools.list().map(({ inputSchema }) => inputSchema)).toEqual([{ type: "object" }, inputJsonSchema]);
    expect(await tools.call("plain", { word: "hi" }, context)).toBe("hi");
    await expect(tools.call("plain", {}, context)).rejects.toMatchObject({ code: "bad_arguments" });
  });

  it("may check asynchronously", async () => {
    const input = z.object({ word: z.string().refine(async (word) => word !== "no") });
    const tools = parseTools({ lookup: { ...lookup, input } });
    await expect(tools.call("lookup", { word: "no" }, context)).rejects.toMatchObject({
      code: "bad_arguments",
    });
  });

  it("stay what they were when the host's object changes later", async () => {
    const tool = { ...lookup, run: () => "first" };
    const tools = parseTools({ lookup: tool });
    tool.run = () => "second";
    expect(await tools.call("lookup", { word: "" }, context)).toBe("first");
  });

  it.each(["class", "a-b", "9lives", "_private", "__init__", "naïve", "a b", "", "x\n", "self.x"])(
    "cannot be called %j, which Python would not take",
    (name) => {
      expect(refusalOf({ [name]: lookup })).toContain("cannot be called from Python");
    },
  );

  it.each([
    ["no object", [lookup], /tools must be an object/],
    ["a tool that is none", { lookup: () => 1 }, /tools.lookup must be/],
    ["no description", { lookup: { ...lookup, description: undefined } }, /lookup.description/],
    [
      "a shape instead of a schema",
      { lookup: { ...lookup, input: { word: "string" } } },
      /lookup.input must be a schema/,
    ],
    ["no function", { lookup: { ...lookup, run: "rm" } }, /lookup.run must be a function/],
    ["a misspelt field", { lookup: { ...lookup, schema: 1 } }, /lookup.schema does not exist/],
    ["a JSON schema that is none", { lookup: { ...lookup, inputJsonSchema: "x" } }, /inputJsonSchema/],
    [
      "a schema that JSON cannot say",
      { lookup: { ...lookup, input: z.object({ at: z.date() }) } },
      /give tools.lookup.inputJsonSchema/,
    ],
  ])("with %s are refused in words that help", (_, tools, message) => {
    expect(refusalOf(tools)).toMatch(message);
  });
});

describe("the types of tools", () => {
  /** What `createForge` does with its `tools`. */
  const accept = <Inputs extends ToolInputs>(tools: HostTools<Inputs>) => tools;

  it("give each function the arguments of its own schema", () => {
    accept({
      add: {
        description: "",
        input: z.object({ a: z.number(), b: z.number().optional() }),
        run(args, { signal, runId }) {
          expectTypeOf(args).toEqualTypeOf<{ a: number; b?: number | undefined }>();
          expectTypeOf(signal).toEqualTypeOf<AbortSignal>();
          expectTypeOf(runId).toEqualTypeOf<string>();
          return args.a;
        },
      },
      greet: {
        description: "",
        input: v.object({ name: v.pipe(v.string(), v.transform(Number)) }),
        run: async (args) => expectTypeOf(args).toEqualTypeOf<{ name: number }>(),
      },
    });
  });

  it("hold for a tool that is written apart", () => {
    const tool = defineTool({
      description: "",
      input: z.object({ a: z.string() }),
      run: (args) => expectTypeOf(args).toEqualTypeOf<{ a: string }>(),
    });
    accept({ tool });
    const input = z.object({ a: z.string() });
    // @ts-expect-error: the schema says that `a` is a string.
    accept({ tool: { description: "", input, run: (args: { a: number }) => args } });
  });
});
