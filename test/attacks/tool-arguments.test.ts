/** Plugins that want a tool to be given what its rules do not allow. The tools write down what they are given. */
import { createForge, type Forge, type Policy, type ToolInput } from "@wasmforge/core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";

const MiB = 1 << 20;
const given: unknown[] = [];
const anything = z.looseObject({}) as ToolInput;
const keep = (args: unknown) => {
  given.push(args);
  return { ok: true };
};
const tools = {
  fetch_city: { description: "", input: anything, run: keep },
  set_level: { description: "", input: z.object({ level: z.number(), unit: z.string() }), run: keep },
  forbidden: { description: "", input: anything, run: keep },
};
const policy: Policy = {
  // More than all these attempts: no budget may hide what the rules let through.
  maxCalls: 10_000,
  maxCallsPerMinute: { plugin: 100_000, tenant: 100_000 },
  tools: {
    fetch_city: {
      arguments: {
        city: { kind: "oneOf", values: ["caf\u00e9", "hanoi", 0, true, null] },
        note: { kind: "text", maxChars: 20, pattern: "[a-z ]+" },
      },
    },
    set_level: {
      arguments: { level: { kind: "number", min: 0, max: 9 }, unit: { kind: "oneOf", values: ["db"] } },
    },
  },
};

/** As the rules say, and by other means than theirs. */
function isAllowed(args: unknown): boolean {
  return Object.entries(args as Record<string, unknown>).every(([name, value]) => {
    switch (name) {
      case "city":
        return (
          value === "caf\u00e9" ||
          value === "hanoi" ||
          Object.is(value, 0) ||
          value === true ||
          value === null
        );
      case "note":
        return (
          typeof value === "string" &&
          value.length <= 20 &&
          [...value].every((each) => " abcdefghijklmnopqrstuvwxyz".includes(each)) &&
          value !== ""
        );
      case "level":
        return typeof value === "number" && value >= 0 && value <= 9 && !Object.is(value, -0);
      case "unit":
        return value === "db";
      default:
        return false;
    }
  });
}

let forge: Forge;
beforeAll(async () => {
  forge = await createForge({
    seats: 1,
    pool: { warmUpMs: 0, spares: 0 },
    tools,
    policy,
    limits: { wallTimeMs: 60_000, computeMs: 60_000, outputBytes: MiB },
  });
});
afterAll(() => forge.close());
beforeEach(() => {
  given.length = 0;
});

async function outputOf(source: string): Promise<string> {
  const outcome = await forge.run({
    name: "attack",
    source: `from platform_sdk import *\nfrom platform_sdk import tools\n${source}`,
  });
  if (outcome.status !== "completed") throw new Error(JSON.stringify(outcome));
  return outcome.output;
}

const byHand = `
import _forge
def raw(text):
    data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    return _forge.call("call_tool", data).startswith(b'{"ok"')
`;

describe("what a tool is given", () => {
  it("is what its rules allow, whatever types, forms and liars a plugin tries", async () => {
    const served = await outputOf(String.raw`
class Text(str):
    def __eq__(self, other): return True
    def __hash__(self): return hash("hanoi")
    def __str__(self): return "hanoi"
    def __repr__(self): return '"hanoi"'
    def __len__(self): return 5
class Int(int):
    def __repr__(self): return "5"
    __str__ = __repr__
class Float(float):
    def __repr__(self): return "5.0"
class Keys(dict):
    def items(self): return [("city", "hanoi")]
values = ["cafe\u0301", "CAF\u00c9", "hanoi ", " hanoi", "hanoi\n", "hanoi\0", "\u202ehanoi", "hano\u0131", "\uff48anoi", "", Text("evil"), Text("hanoi"), "hanoi" * 10_000, "a" * 21, "a b\nc", "abc\u2028", "\ud800", "a\u0300",
          0, -0.0, 0.0, -0, 1, 10, 10**400, -10**400, 2**53 + 1, 9.000000000000001, 9.0, 1e308 * 10, float("nan"), -1e-320, 5e-324, Int(50), Float(50.0), True, False, None, ["hanoi"], [["hanoi"]], {"city": "hanoi"}, {"toString": "hanoi"}, [], {}, Keys(city="evil"), ("hanoi",), b"hanoi"]
served = 0
for name, key in (("fetch_city", "city"), ("fetch_city", "note"), ("set_level", "level"), ("set_level", "unit"), ("fetch_city", "__proto__"), ("fetch_city", "constructor"), ("fetch_city", "City"), ("fetch_city", "city "), ("fetch_city", "c\u0131ty"), ("forbidden", "city")):
    for value in values:
        others = {"unit": "db"} if key == "level" else {"level": 5} if key == "unit" else {}
        try:
            tools[name](**{key: value}, **others)
            served += 1
        except (AIError, KeyError, TypeError, ValueError, OverflowError):
            pass
send_output(served)`);
    expect(given.filter((args) => !isAllowed(args))).toEqual([]);
    expect(given).toHaveLength(Number(served));
    expect(given).toContainEqual({ city: "hanoi" });
    expect(given.length).toBeGreaterThan(5);
  });

  it("is what its rules allow, whatever JSON is written by hand", async () => {
    const served = await outputOf(String.raw`${byHand}
arguments = ['{"city":"hanoi","city":"evil"}', '{"city":"evil","city":"hanoi"}', '{"city":"hanoi","cit\\u0079":"evil"}', '{"city":"hanoi","__proto__":{"note":"EVIL"}}', '{"__proto__":{"city":"evil"}}', '{"constructor":{"prototype":{"city":"evil"}}}', '{"city":{"__proto__":"hanoi"}}', '{"city":"hanoi","toJSON":1}', '{"city":1e999}', '{"city":-0}', '{"city":0e5}', '{"city":-0e-5}',
             '{"city":"\\u0068anoi"}', '{"city":"hanoi\\u0000"}', '{"note":"a\\nb"}', '{"note":"\\ud800"}', '{"level":1e-400,"unit":"db"}', '{"level":-1e-400,"unit":"db"}', '{"level":9.0000000000000001,"unit":"db"}', '{"level":"5","unit":"db"}', '{"level":5,"level":50,"unit":"db"}', '{"level":50,"level":5,"unit":"db"}', '[]', '"city"', 'null', '{"city":"hanoi"', '{city:"hanoi"}', "{'city':'hanoi'}", '{"city":"hanoi",}', '{"city":NaN}', '{"city":"hanoi"}}', '{"city":' + "[" * 500 + "]" * 500 + '}', '{"length":1,"0":"city"}', '{"":"hanoi"}', '{"city":"' + "\\u0061" * 100000 + '"}']
served = 0
forms = ['{"name":"%s","arguments":%s}', '{"name":"fetch_city","name":"%s","arguments":%s}', '{"name":"%s","arguments":{"city":"hanoi"},"arguments":%s}', '{"name":"%s","arguments":%s,"arguments":{"city":"hanoi"}}', '{"name":"%s","args":%s}', '\ufeff{"name":"%s","arguments":%s}', '{"name":["%s"],"arguments":%s}']
for text in arguments:
    for name in ("fetch_city", "set_level"):
        for form in forms:
            served += raw(form % (name, text))
    data = forms[0] % ("fetch_city", text)
    for copy in (data.encode("utf-16"), data.encode("utf-8", "surrogatepass").replace(b"hanoi", b"han\xffoi"), data.encode("utf-8", "surrogatepass").replace(b"h", b"\xc1\xa8")):
        served += raw(copy)
for name in ("forbidden", "fetch_city\\u0000", "FETCH_CITY", "fetch\\u005fcity", "__proto__", "constructor", "", "fetch_city "):
    served += raw(forms[0] % (name, '{"city":"hanoi"}'))
send_output(served)`);
    expect(given.filter((args) => !isAllowed(args))).toEqual([]);
    expect(given).toHaveLength(Number(served));
    expect(({} as Record<string, unknown>).city).toBeUndefined();
    expect(({} as Record<string, unknown>).note).toBeUndefined();
  });

  it("has no fields but its own, and changing it changes nothing for the next", async () => {
    await outputOf(`tools.fetch_city(city="hanoi")`);
    const [first] = given as [Record<string, unknown>];
    Object.assign(first, { city: "evil" });
    await outputOf(`tools.fetch_city(city="hanoi")`);
    expect(given[1]).toEqual({ city: "hanoi" });
    for (const name of ["toString", "constructor", "__proto__"])
      expect(Object.hasOwn(first, name)).toBe(false);
  });

  it("is nothing once a run's own policy takes the tool away, and never more than the Forge's allows", async () => {
    const source = `from platform_sdk import *\nfrom platform_sdk import tools\nfor city in ("hanoi", "evil"):\n  try: tools.fetch_city(city=city)\n  except Exception as error: print(error)`;
    await forge.run({ name: "attack", source }, { policy: { tools: {} } });
    expect(given).toEqual([]);
    await forge.run({ name: "attack", source }, { policy: { tools: { fetch_city: true, forbidden: true } } });
    expect(given).toEqual([{ city: "hanoi" }]);
  });
});
