import type { Cases } from "./cases.js";
import { python } from "./python.js";
import { ScriptedHost } from "./scripted-host.js";

/** Each on a line of its own: what is called, and what is said of it. */
const misuses: readonly (readonly [call: string, error: string])[] = [
  ['call_ai(5, "p")', "TypeError call_ai(): model must be a str, not int"],
  ['call_ai("m", b"p")', "TypeError call_ai(): prompt must be a str, not bytes"],
  ['call_ai("m", "p", system=["s"])', "TypeError call_ai(): system must be a str, not list"],
  [
    'call_ai("m", "p", temperature=float("nan"))',
    "ValueError call_ai(): temperature must be from 0 to 10, not nan",
  ],
  ['call_ai("m", "p", temperature=-1)', "ValueError call_ai(): temperature must be from 0 to 10, not -1"],
  [
    'call_ai("m", "p", temperature=10 ** 5_000)',
    "ValueError call_ai(): temperature must be from 0 to 10, not inf",
  ],
  ['call_ai("m", "p", temperature=True)', "TypeError call_ai(): temperature must be a number, not bool"],
  ['call_ai("m", "p", temperature="0")', "TypeError call_ai(): temperature must be a number, not str"],
  ['call_ai("m", "p", max_tokens=0)', "ValueError call_ai(): max_tokens must be from 1 to 2**53 - 1"],
  ['call_ai("m", "p", max_tokens=2 ** 53)', "ValueError call_ai(): max_tokens must be from 1 to 2**53 - 1"],
  ['call_ai("m", "p", max_tokens=1.5)', "TypeError call_ai(): max_tokens must be an int, not float"],
  [
    'call_ai("m", "p", format="xml")',
    'ValueError call_ai(): format must be "json" or a dict with a JSON schema',
  ],
  [
    'call_ai("m", "p", format=dict)',
    'TypeError call_ai(): format must be "json" or a dict with a JSON schema, not type',
  ],
  ['call_ai("m", "p", format=deep())', "ValueError call_ai(): format is nested too deeply"],
  [
    'call_ai("m", "p", format={"a": {1}})',
    "TypeError call_ai(): format has no form in JSON: Object of type set is not JSON serializable",
  ],
  ['call_ai("m", "p", images=5)', "TypeError call_ai(): images must be a list, not int"],
  [
    'call_ai("m", "p", images=[5])',
    "TypeError call_ai(): images[0] must be bytes, a File or a data: URL, not int",
  ],
  ['call_ai("m", "p", images=[png, b""])', "ValueError call_ai(): images[1] is empty"],
  [
    'call_ai("m", "p", images=b"/etc/passwd")',
    "ValueError call_ai(): images does not begin like an image (PNG, JPEG, GIF, WebP and others)",
  ],
  [
    'call_ai("m", "p", images=File("a", "text/plain", b"a"))',
    "ValueError call_ai(): images does not begin like an image (PNG, JPEG, GIF, WebP and others), and says that it is 'text/plain'",
  ],
  [
    'call_ai("m", "p", images="/etc/passwd")',
    "ValueError call_ai(): images is a str that is not a data:…;base64,… URL. Give the image itself, such as get_file(): a plugin cannot name files",
  ],
  [
    'call_ai("m", "p", images=["data:image/png;base64,!"])',
    "ValueError call_ai(): images[0] is a str that is not a data:…;base64,… URL. Give the image itself, such as get_file(): a plugin cannot name files",
  ],
  ['stream_ai("m", None)', "TypeError stream_ai(): prompt must be a str, not NoneType"],
  ['embed(None, ["a"])', "TypeError embed(): model must be a str, not NoneType"],
  ['embed("m", "text")', "TypeError embed(): texts must be a list, not str"],
  ['embed("m", ["a", 5])', "TypeError embed(): texts[1] must be a str, not int"],
  ['embed("m", ["a"] * 10_000)', "ValueError embed(): texts has 10000 items; one call takes at most 9000"],
  ['progress("half")', "TypeError progress(): fraction must be a number, not str"],
  ["progress(50)", "ValueError progress(): fraction must be from 0 to 1, not 50"],
  ['progress(float("nan"))', "ValueError progress(): fraction must be from 0 to 1, not nan"],
  ["progress(-0.5)", "ValueError progress(): fraction must be from 0 to 1, not -0.5"],
  ['log("loud", "x")', "ValueError log(): level must be one of debug, info, warning, error, not 'loud'"],
  ['log(5, "x")', "TypeError log(): level must be a str, not int"],
];

export function sdkHostileCases({ lab, expect, can }: Cases): void {
  can(
    "answers misuse with an exception that names the argument, before anything leaves the guest",
    async () => {
      const host = new ScriptedHost();
      const source = python`
      from platform_sdk import *
      from platform_sdk import File, embed, log, progress, stream_ai
      png = b"\x89PNG\r\n\x1a\n"
      def deep():
          value = {}
          for _ in range(2_000): value = {"a": value}
          return value
      def attempt(call):
          try:
              call()
              print("nothing")
          except Exception as error:
              print(type(error).__name__, error)
      ${misuses.map(([call]) => `attempt(lambda: ${call})`).join("\n")}
    `;
      const said = await lab.output(source, { door: host.door });
      expect(said.trimEnd().split("\n")).toEqual(misuses.map(([, error]) => error));
      expect(host.calls).toEqual([]);
    },
  );

  can("tells the plugin of a prompt or a text that is more than a call may carry", async () => {
    const source = python`
      from platform_sdk import *
      from platform_sdk import call_ai_many, embed
      long = "x" * (9 << 20)
      for call in (
          lambda: call_ai("m", long), lambda: call_ai_many([("m", long)]), lambda: embed("m", [long]),
          lambda: send_output(long),
      ):
          try:
              call()
          except AIError as error:
              print(error.code)
    `;
    const host = new ScriptedHost();
    expect(await lab.output(source, { door: host.door })).toBe("too_large\n".repeat(4));
    expect(host.calls).toEqual([]);
  });

  can("passes on whatever raises while arguments are made into text", async () => {
    const host = new ScriptedHost();
    const source = python`
      from platform_sdk import *
      from platform_sdk import call_ai_many, log, progress
      class Odd:
          def __str__(self): raise LookupError("no text")
      def texts():
          yield ("m", "p")
          raise LookupError("no more")
      for call in (
          lambda: send_output(Odd()), lambda: log("info", Odd()), lambda: progress(0, Odd()),
          lambda: call_ai_many(texts()),
      ):
          try:
              call()
          except LookupError as error:
              print(error)
    `;
    expect(await lab.output(source, { door: host.door })).toBe("no text\nno text\nno text\nno more\n");
    expect(host.calls).toEqual([]);
  });

  can("works while the plugin has replaced json and the standard streams", async () => {
    const host = new ScriptedHost({
      answer: (call) => ({ ok: call.op === "list_models" ? ["a"] : "answer" }),
    });
    const source = python`
      import json, sys
      import platform_sdk
      from platform_sdk import call_ai, call_ai_many, get_json, list_models, send_output
      json.loads = json.dumps = json.JSONEncoder = None
      sys.modules["json"] = None
      print(list_models(), call_ai("m", "p"), call_ai_many([("m", "q")]), get_json())
      class Broken:
          def write(self, text): raise OSError("no")
          def flush(self): raise OSError("no")
      sys.stdout = sys.stderr = Broken()
      send_output("sent")
    `;
    const { end, stdout, sent } = await lab.run(source, { door: host.door, input: "[1]" });
    expect({ end, stdout, sent }).toEqual({
      end: { kind: "completed" },
      stdout: "['a'] answer ['ECHO:q'] [1]\n",
      sent: ["sent"],
    });
  });

  can("answers from finalizers, at the end of the plugin and while an exception is on its way", async () => {
    const host = new ScriptedHost({
      answer: (call) => ({ ok: call.op === "call_ai" ? `ECHO:${call.prompt}` : null }),
      begun: ({ call }, ticket) =>
        "prompt" in call && call.prompt === "left open" ? [] : [{ text: `${ticket}`, ok: `${ticket}` }],
    });
    const source = python`
      import atexit
      from platform_sdk import call_ai, call_ai_many, send_output, stream_ai
      class Last:
          def __del__(self): send_output([call_ai("m", "del"), *stream_ai("m", "p")])
      atexit.register(lambda: send_output(call_ai_many([("m", "at the end")])))
      open_stream = stream_ai("m", "left open")
      try:
          kept = Last()
          del kept
          1 / 0
      finally:
          send_output(call_ai("m", "finally"))
    `;
    const { end, sent } = await lab.run(source, { door: host.door });
    expect(end).toMatchObject({ kind: "raised", error: { type: "ZeroDivisionError" } });
    expect(sent).toEqual(["['ECHO:del', '2']", "ECHO:finally", "['3']"]);
  });

  can("turns a reply that is not JSON into an AIError", async () => {
    const source = python`
      from platform_sdk import AIError, list_models
      for _ in range(4):
          try:
              list_models()
          except AIError as error:
              print(error.code)
    `;
    const replies = ["", "{", "nonsense", '{"ok":[1,'];
    const door = () => new TextEncoder().encode(replies.shift());
    expect(await lab.output(source, { door })).toBe("bad_response\n".repeat(4));
  });
}
