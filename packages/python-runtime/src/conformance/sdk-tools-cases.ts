import type { Cases } from "./cases.js";
import { python } from "./python.js";
import { type News, refusal, ScriptedHost } from "./scripted-host.js";

const offered = [
  { name: "lookup", description: "Finds a word.", input_schema: { type: "object" } },
  { name: "label", description: "", input_schema: {} },
];

function hostWithTools(): ScriptedHost {
  return new ScriptedHost({
    answer: (call) => ({
      ok: call.op === "list_tools" ? offered : call.op === "call_tool" ? [call.name, call.arguments] : null,
    }),
    begun: ({ call }) => [call.op === "call_tool" ? { ok: call.name } : (refusal("x") as News)],
  });
}

export function sdkToolsCases({ lab, expect, can }: Cases): void {
  can("calls the host's tools by name, and asks only once what there is", async () => {
    const host = hostWithTools();
    const source = python`
      from platform_sdk import tools
      print(tools.lookup(word="é\ud800", limit=3, self=None, deep={"a": [1.5, True]}) ==
            ["lookup", {"word": "é\ud800", "limit": 3, "self": None, "deep": {"a": [1.5, True]}}])
      print(tools["label"](), tools["lookup"](**{"odd name": 1}))
      print(dir(tools), list(tools), "lookup" in tools, "x" in tools, tools, tools.lookup, tools.lookup.__doc__)
    `;
    expect(await lab.output(source, { door: host.door })).toBe(
      [
        "True",
        "['label', {}] ['lookup', {'odd name': 1}]",
        "['label', 'lookup'] ['lookup', 'label'] True False <tools> <tool 'lookup'> Finds a word.\n",
      ].join("\n"),
    );
    expect(host.ops.filter((op) => op === "list_tools")).toHaveLength(1);
  });

  can("says which tools there are when asked for another", async () => {
    const source = python`
      from platform_sdk import tools
      for ask in (lambda: tools.lokup, lambda: tools["lokup"], lambda: tools[0]):
          try:
              ask()
          except (AttributeError, KeyError) as error:
              print(type(error).__name__, error.args[0])
      print(hasattr(tools, "x"), getattr(tools, "x", None))
      tools.lokup
    `;
    const { end, stdout } = await lab.run(source, { door: hostWithTools().door });
    expect(stdout).toBe(
      [
        "AttributeError there is no tool 'lokup'; there are: lookup, label",
        "KeyError there is no tool 'lokup'; there are: lookup, label",
        "KeyError there is no tool 0; there are: lookup, label",
        "False None\n",
      ].join("\n"),
    );
    expect(end).toMatchObject({
      kind: "raised",
      error: { type: "AttributeError", traceback: expect.stringContaining("Did you mean: 'lookup'?") },
    });
  });

  can("says so where there are no tools, or where the host does not tell", async () => {
    const none = new ScriptedHost({ answer: () => ({ ok: [] }) });
    const { end } = await lab.run("from platform_sdk import tools\ntools.x", { door: none.door });
    expect(end).toMatchObject({ error: { message: "there is no tool 'x'; this run has no tools" } });
    const silent = new ScriptedHost({ answer: () => refusal("too_many_calls") });
    const source = "from platform_sdk import tools\nprint(dir(tools))\ntools.x";
    const { end: refused, stdout } = await lab.run(source, { door: silent.door });
    expect({ refused, stdout }).toMatchObject({
      refused: { error: { type: "AIError", message: "too_many_calls: no" } },
      stdout: "[]\n",
    });
  });

  can("can be looked at, copied and pickled at without a question to the host", async () => {
    const host = hostWithTools();
    const source = python`
      import copy, inspect
      from platform_sdk import tools
      repr(tools), bool(tools), callable(tools), inspect.isfunction(tools), tools.__class__, tools == tools
      hasattr(tools, "__wrapped__")
    `;
    await lab.output(source, { door: host.door });
    expect(host.calls).toEqual([]);
  });

  can("names the argument that cannot be sent", async () => {
    const host = hostWithTools();
    const source = python`
      from platform_sdk import tools
      deep = []
      for _ in range(100_000): deep = [deep]
      for arguments in ({"a": 1, "when": {1}}, {"x": float("inf")}, {"raw": b"x"}, {"deep": deep}):
          try:
              tools.lookup(**arguments)
          except (TypeError, ValueError) as error:
              print(type(error).__name__, error)
      try:
          tools.lookup("word")
      except TypeError as error:
          print(error)
      arguments = None
      while deep: deep = deep.pop()
    `;
    const where = "tools.lookup()";
    expect((await lab.output(source, { door: host.door })).trimEnd().split("\n")).toEqual([
      `TypeError ${where}: when has no form in JSON: Object of type set is not JSON serializable`,
      expect.stringMatching(/^ValueError tools\.lookup\(\): x has no form in JSON: Out of range float/),
      `TypeError ${where}: raw has no form in JSON: Object of type bytes is not JSON serializable`,
      `ValueError ${where}: deep is nested too deeply`,
      `${where} takes arguments by name only, such as lookup(name=value)`,
    ]);
    expect(host.ops).toEqual(["list_tools"]);
  });

  can("raises the tool's error", async () => {
    const host = new ScriptedHost({
      answer: (call) =>
        call.op === "list_tools" ? { ok: offered } : refusal("bad_arguments", "limit must be above 0"),
    });
    const source = "from platform_sdk import tools\ntools.lookup(limit=-1)";
    expect((await lab.run(source, { door: host.door })).end).toMatchObject({
      error: { type: "AIError", message: "bad_arguments: limit must be above 0", line: 2 },
    });
  });

  can("calls tools beside an event loop", async () => {
    const host = hostWithTools();
    const source = python`
      import asyncio
      from platform_sdk import tools_async
      async def main():
          print(await asyncio.gather(tools_async.lookup(word="a"), tools_async["label"]()), dir(tools_async))
      asyncio.run(main())
    `;
    expect(await lab.output(source, { door: host.door })).toBe("['lookup', 'label'] ['label', 'lookup']\n");
    expect(host.ops).toEqual(["list_tools", "begin", "begin", "next"]);
    expect(host.calls[1]).toEqual({
      op: "begin",
      call: { op: "call_tool", name: "lookup", arguments: { word: "a" } },
    });
  });
}
