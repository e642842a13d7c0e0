import { encodeReply, parseCall } from "@wasmforge/bridge";
import type { Cases } from "./cases.js";
import { python } from "./python.js";
import { refusal, ScriptedHost } from "./scripted-host.js";

export function sdkOutputCases({ lab, expect, can }: Cases): void {
  can("sends lists and dicts as values, and with them the text that there always was", async () => {
    const host = new ScriptedHost();
    const source = python`
      from platform_sdk import send_output
      for each in ({"a": [1, None, "é\ud800"]}, [], (1, 2), {1: True}): send_output(each)
    `;
    await lab.output(source, { door: host.door });
    expect(host.calls).toEqual([
      { op: "send_json", value: { a: [1, null, "é\ud800"] }, text: String.raw`{'a': [1, None, 'é\ud800']}` },
      { op: "send_json", value: [], text: "[]" },
      { op: "send_json", value: [1, 2], text: "(1, 2)" },
      { op: "send_json", value: { "1": true }, text: "{1: True}" },
    ]);
  });

  can("sends the text alone of what has no form in JSON", async () => {
    const host = new ScriptedHost();
    const source = python`
      from platform_sdk import send_output
      loop = []
      loop.append(loop)
      for each in ([float("nan")], {"a": {1}}, {(1, 2): 3}, loop, [b"x"]): send_output(each)
    `;
    await lab.output(source, { door: host.door });
    expect(host.calls).toEqual(
      ["[nan]", "{'a': {1}}", "{(1, 2): 3}", "[[...]]", "[b'x']"].map((text) => ({
        op: "send_output",
        text,
      })),
    );
  });

  can("sends the text alone where the host does not take the value", async () => {
    const ops: string[] = [];
    const door = (op: string, payload: Uint8Array) => {
      ops.push(op);
      parseCall(op, payload);
      return encodeReply(op === "send_json" ? refusal("denied") : { ok: null });
    };
    const source = "from platform_sdk import send_output\nsend_output([1])";
    expect((await lab.run(source, { door })).sent).toEqual(["[1]"]);
    expect(ops).toEqual(["send_json", "send_output"]);
  });

  can("sends very large and very deep values in one form or the other", async () => {
    const host = new ScriptedHost();
    const source = python`
      from platform_sdk import send_output
      send_output(list(range(300_000)))
      deep = []
      for _ in range(150): deep = [deep]
      send_output(deep)
      for _ in range(100_000): deep = [deep]
      try:
          send_output(deep)
      except RecursionError as error:
          print("RecursionError")
      # Taken apart from the outside: the interpreter may not survive its end in one go.
      while deep: deep = deep.pop()
    `;
    const { end, stdout, sent } = await lab.run(source, { door: host.door });
    expect({ end, stdout }).toEqual({ end: { kind: "completed" }, stdout: "RecursionError\n" });
    expect(sent.map((text) => text.length)).toEqual([2_288_890, 302]);
  });

  can("tells progress and logs", async () => {
    const host = new ScriptedHost();
    const source = python`
      from platform_sdk import log, progress
      progress(0); progress(0.5, "half \ud800"); progress(1, message=3); progress(sum([0.1] * 10) + 1e-9)
      log("debug", "d"); log("info", 'i "\n'); log("warning", None); log(level="error", message=["e"])
    `;
    await lab.output(source, { door: host.door });
    expect(host.calls).toEqual([
      { op: "progress", fraction: 0, message: "" },
      { op: "progress", fraction: 0.5, message: "half \ud800" },
      { op: "progress", fraction: 1, message: "3" },
      { op: "progress", fraction: 1, message: "" },
      { op: "log", level: "debug", message: "d" },
      { op: "log", level: "info", message: 'i "\n' },
      { op: "log", level: "warning", message: "None" },
      { op: "log", level: "error", message: "['e']" },
    ]);
  });

  can("loses no work because nobody wants to hear of it", async () => {
    const door = () => encodeReply(refusal("too_many_calls"));
    const source =
      "from platform_sdk import log, progress\nprogress(0.5)\nlog('info', 'x')\nprint('went on')";
    expect(await lab.output(source, { door })).toBe("went on\n");
  });

  can("is heard after what was printed before", async () => {
    const source = "from platform_sdk import *\nprint('a', end='')\nsend_output([1])\nprint('b', end='')";
    expect((await lab.run(source)).order).toEqual(["stdout", "send_json", "stdout"]);
  });
}
