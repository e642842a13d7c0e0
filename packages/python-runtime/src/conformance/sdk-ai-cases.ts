import type { Cases } from "./cases.js";
import { python } from "./python.js";
import { type News, refusal, ScriptedHost } from "./scripted-host.js";

const png = "iVBORw0KGgo=";

export function sdkAiCases({ lab, expect, can }: Cases): void {
  can("sends options as the protocol has them, and none that was not given", async () => {
    const host = new ScriptedHost({ answer: () => ({ ok: "" }) });
    const source = python`
      from platform_sdk import call_ai, File
      png = b"\x89PNG\r\n\x1a\n"
      call_ai("m", "p")
      call_ai("m", "p", system=None, images=None, format=None, temperature=None, max_tokens=None)
      call_ai("m", "p", system="é\ud800", temperature=0, max_tokens=5, format="json")
      call_ai(model="m", prompt="p", temperature=0.5, format={"type": "object", "properties": {"ü": {}}})
      call_ai("m", "p", images=[png, bytearray(png), memoryview(png), File("a", "image/png", png)])
      call_ai("m", "p", images="data:image/png;base64,${png}")
      call_ai("m", "p", images=png)
      call_ai("m", "p", images=())
    `;
    await lab.output(source, { door: host.door });
    const call = { op: "call_ai", model: "m", prompt: "p" };
    expect(host.calls).toEqual([
      call,
      call,
      { ...call, system: "é\ud800", temperature: 0, max_tokens: 5, format: "json" },
      { ...call, temperature: 0.5, format: { type: "object", properties: { ü: {} } } },
      { ...call, images: [png, png, png, png] },
      { ...call, images: [png] },
      { ...call, images: [png] },
      { ...call, images: [] },
    ]);
  });

  can("gives a vector for each text, and asks for none where there is no text", async () => {
    const host = new ScriptedHost({
      answer: (call) => ({ ok: call.op === "embed" ? call.texts.map((text) => [text.length, 0.5]) : null }),
    });
    const source = python`
      from platform_sdk import embed
      print(embed("m", ["a", "bc"]), embed("m", (text for text in ("abc",))), embed("m", []))
      print(len(embed("m", ["x"] * 9_000)))
    `;
    expect(await lab.output(source, { door: host.door })).toBe("[[1, 0.5], [2, 0.5]] [[3, 0.5]] []\n9000\n");
    expect(host.ops).toEqual(["embed", "embed", "embed"]);
  });

  can("makes many calls side by side and gives the answers in order", async () => {
    const host = new ScriptedHost();
    const source = python`
      from platform_sdk import call_ai_many
      print(call_ai_many([("m", "1"), {"model": "m", "prompt": "2", "system": "s"}, ["m", "3"]]))
      print(call_ai_many([]), call_ai_many(("m", str(n)) for n in range(2)))
    `;
    expect(await lab.output(source, { door: host.door })).toBe(
      "['ECHO:1', 'ECHO:2', 'ECHO:3']\n[] ['ECHO:0', 'ECHO:1']\n",
    );
    expect(host.ops.slice(0, 4)).toEqual(["begin", "begin", "begin", "next"]);
    expect(host.calls[1]).toEqual({
      op: "begin",
      call: { op: "call_ai", model: "m", prompt: "2", system: "s" },
    });
  });

  can("keeps a host from holding more than it needs of very many calls", async () => {
    let most = 0;
    const host: ScriptedHost = new ScriptedHost({
      begun: ({ call }, ticket) => {
        most = Math.max(most, host.open.length + 1);
        return [{ ok: "prompt" in call ? `${ticket}:${call.prompt}` : null }];
      },
    });
    const source = python`
      from platform_sdk import call_ai_many
      print(call_ai_many([("m", str(n)) for n in range(500)]) == [f"{n + 1}:{n}" for n in range(500)])
    `;
    expect(await lab.output(source, { door: host.door })).toBe("True\n");
    expect(most).toBe(64);
  });

  can("ends all of many calls when one fails, and says which", async () => {
    const host = new ScriptedHost({
      begun: (_, ticket) => (ticket === 2 ? [refusal("overloaded", "later") as News] : []),
    });
    const { end } = await lab.run(
      "from platform_sdk import call_ai_many\ncall_ai_many([('m', '1'), ('m', '2'), ('m', '3')])",
      { door: host.door },
    );
    expect(end).toMatchObject({
      kind: "raised",
      error: {
        type: "AIError",
        message: "overloaded: later",
        line: 2,
        traceback: expect.stringContaining("in calls[1] of call_ai_many"),
      },
    });
    expect(host.open).toEqual([]);
    expect(host.ops.filter((op) => op === "cancel")).toHaveLength(2);
  });

  can("puts errors of many calls into their places where that is asked for", async () => {
    const host = new ScriptedHost({
      begun: ({ call }, ticket) =>
        "prompt" in call && call.prompt === "denied"
          ? refusal("too_many_calls")
          : ticket === 1
            ? [refusal("timeout") as News]
            : [{ ok: "fine" }],
    });
    const source = python`
      from platform_sdk import AIError, call_ai_many
      calls = [("m", "late"), ("m", "denied"), ("m", "p")]
      for answer in call_ai_many(calls, return_errors=True):
          print(answer.code if isinstance(answer, AIError) else answer)
    `;
    expect(await lab.output(source, { door: host.door })).toBe("timeout\ntoo_many_calls\nfine\n");
  });

  can("looks at all of many calls before it makes the first", async () => {
    const host = new ScriptedHost();
    const source = python`
      from platform_sdk import call_ai_many
      good = ("m", "p")
      for calls in (
          [good, 5], [good, ("m",)], [good, {"model": "m"}], [good, {"model": "m", "prompt": "p", "sytem": ""}],
          [good, ("m", 5)], [good, {"model": "m", "prompt": "p", "temperature": "hot"}], [good, "mp"],
          "text", {"model": "m", "prompt": "p"}, None, 5,
      ):
          try:
              call_ai_many(calls)
          except TypeError as error:
              print(error)
    `;
    expect(await lab.output(source, { door: host.door })).toBe(
      [
        "calls[1] must be a (model, prompt) tuple or a dict of call_ai's arguments",
        "calls[1] must be a (model, prompt) tuple or a dict of call_ai's arguments",
        "calls[1] lacks 'prompt'",
        "calls[1] has 'sytem', which call_ai does not take; it takes: model, prompt, system, images, format, temperature, max_tokens",
        "calls[1]: prompt must be a str, not int",
        "calls[1]: temperature must be a number, not str",
        "calls[1] must be a (model, prompt) tuple or a dict of call_ai's arguments",
        "calls must be a list, not str",
        "calls must be a list, not dict",
        "calls must be a list, not NoneType",
        "calls must be a list, not int",
      ]
        .map((line) => `call_ai_many(): ${line}\n`)
        .join(""),
    );
    expect(host.calls).toEqual([]);
  });

  can("streams an answer piece by piece", async () => {
    const host = new ScriptedHost({
      begun: () => [{ text: "Hel" }, { text: "lo \ud800" }, { text: "!", ok: null }],
    });
    const source = python`
      from platform_sdk import stream_ai
      stream = stream_ai("m", "p", system="s")
      print([ascii(text) for text in stream], next(stream, "end"), next(stream, "end"))
    `;
    expect(await lab.output(source, { door: host.door })).toBe(
      String.raw`["'Hel'", "'lo \\ud800'", "'!'"] end end`.concat("\n"),
    );
    expect(host.calls[0]).toEqual({
      op: "begin",
      call: { op: "call_ai", model: "m", prompt: "p", system: "s" },
      stream: true,
    });
    expect(host.ops).toEqual(["begin", "next", "next", "next"]);
  });

  can("gives what a model said before it failed, then the error, then nothing", async () => {
    const host = new ScriptedHost({
      begun: () => [{ text: "a" }, { text: "b", ...refusal("unavailable", "gone") }],
    });
    const source = python`
      from platform_sdk import AIError, stream_ai
      stream = stream_ai("m", "p")
      print(next(stream), next(stream))
      try:
          next(stream)
      except AIError as error:
          print(error.code, list(stream))
    `;
    expect(await lab.output(source, { door: host.door })).toBe("a b\nunavailable []\n");
  });

  can("ends a streamed answer that is not read to its end", async () => {
    const host = new ScriptedHost({ begun: () => [{ text: "a" }, { text: "b" }, { ok: null }] });
    const source = python`
      from platform_sdk import stream_ai
      def ways():
          for text in stream_ai("m", "left"): break
          yield
          stream_ai("m", "never looked at")
          yield
          stream = stream_ai("m", "closed")
          next(stream); stream.close(); stream.close(); print(list(stream))
          yield
          with stream_ai("m", "with") as stream: next(stream)
          yield
          try:
              for text in stream_ai("m", "raised"): raise KeyError
          except KeyError: pass
          yield
          list(stream_ai("m", "read"))
      for _ in ways(): pass
    `;
    expect(await lab.output(source, { door: host.door })).toBe("[]\n");
    expect(host.open).toEqual([]);
    expect(host.ops.filter((op) => op === "cancel")).toHaveLength(5);
  });

  can("says at once that a streamed answer was refused", async () => {
    const host = new ScriptedHost({ begun: () => refusal("model_not_allowed", "not this one") });
    const { end } = await lab.run("from platform_sdk import stream_ai\nstream_ai('m', 'p')", {
      door: host.door,
    });
    expect(end).toMatchObject({ kind: "raised", error: { message: "model_not_allowed: not this one" } });
    expect(host.ops).toEqual(["begin"]);
  });

  can("answers several streams that are read in turns", async () => {
    const host = new ScriptedHost({
      begun: (_, ticket) => [{ text: `${ticket}a` }, { text: `${ticket}b`, ok: null }],
    });
    const source = python`
      from platform_sdk import stream_ai
      one, two = stream_ai("m", "1"), stream_ai("m", "2")
      print(next(one), next(two), next(two), next(one), list(one), list(two))
    `;
    expect(await lab.output(source, { door: host.door })).toBe("1a 2a 2b 1b [] []\n");
  });
}
