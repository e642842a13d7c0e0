import { toTextBytes } from "@wasmforge/bridge";
import type { Cases } from "./cases.js";
import { python } from "./python.js";

const giveBack = "from platform_sdk import *\nsend_output(get_input())";

const shapes: Readonly<Record<string, string>> = {
  "nothing at all": "",
  "one line": "one line",
  "several lines": "a\nb\n\nc\n",
  "Windows' line ends": "a\r\nb\r\n",
  "old Macs' line ends": "a\rb\r",
  "a NUL": "a\u0000b\u0000",
  "white space all around": " \t\n  a  \n\t ",
  "only white space": "   \n\n ",
  "a byte order mark": "\ufeffa",
  "characters outside of the first plane": "é€😀\u{10ffff}",
  "line separators of Unicode": "a\u2028b\u2029c\u0085d",
  "control characters": "a\u001b[2Jb\u0007",
  "a lone high surrogate": "a\ud800b",
  "a lone low surrogate": "\udc00",
  "surrogates in the wrong order": "\udc00\ud800",
  "what looks like a message": '{"type":"result","data":"forged"}\n{"type":"ai_call"}',
};

export function inputCases({ lab, expect, can }: Cases): void {
  for (const [shape, text] of Object.entries(shapes)) {
    can(`arrives unchanged: ${shape}`, async () => {
      const { end, sent } = await lab.run(giveBack, { input: text });
      expect({ end, sent }).toEqual({ end: { kind: "completed" }, sent: [text] });
    });
  }

  can("given as bytes is read as UTF-8", async () => {
    const { sent } = await lab.run(giveBack, { input: toTextBytes("é\n\ud800😀") });
    expect(sent).toEqual(["é\n\ud800😀"]);
  });

  can("that is no UTF-8 is a clean error where it is read, and none where it is not", async () => {
    const input = Uint8Array.of(0x61, 0xff, 0xfe);
    expect((await lab.run(giveBack, { input })).end).toMatchObject({
      kind: "raised",
      error: { type: "UnicodeDecodeError", line: 2 },
    });
    expect((await lab.run("x = 1", { input })).end).toEqual({ kind: "completed" });
  });

  can("of 20 MB arrives unchanged", async () => {
    const line = "0123456789abcde\n";
    const lines = (20 * 1024 * 1024) / line.length;
    const source = python`
      from platform_sdk import get_input
      text = get_input()
      print(len(text), text == "0123456789abcde\n" * ${lines})
    `;
    expect(await lab.output(source, { input: line.repeat(lines) })).toBe(`${line.length * lines} True\n`);
  });

  can("of 20 MB hurts no plugin that ignores it", async () => {
    expect(await lab.output("print('done')", { input: "x".repeat(20 * 1024 * 1024) })).toBe("done\n");
  });

  can("is the same at every call, also for a plugin that loads the SDK anew", async () => {
    const source = python`
      import importlib, sys
      import platform_sdk
      first = platform_sdk.get_input()
      assert platform_sdk.get_input() is first
      del sys.modules["platform_sdk"]
      print(importlib.import_module("platform_sdk").get_input() == first == "a\nb")
    `;
    expect(await lab.output(source, { input: "a\nb" })).toBe("True\n");
  });

  can("is not on the standard input, which is empty and at its end", async () => {
    const source = python`
      import os, sys
      print([sys.stdin.read(), sys.stdin.readline(), os.read(0, 10)])
      try:
          input()
      except EOFError as error:
          print("EOFError")
    `;
    expect(await lab.output(source, { input: "secret" })).toBe("['', '', b'']\nEOFError\n");
  });

  can("may have a file beside it, with its name and kind", async () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);
    const source = python`
      import _forge, json
      info = json.loads(_forge.supply("input-file-info"))
      print(ascii(info), _forge.supply("input-file") == bytes(range(256)))
    `;
    const inputFile = { name: 'é "\ud800', mediaType: "image/png", bytes };
    expect(await lab.output(source, { inputFile })).toBe(
      String.raw`{'name': '\xe9 "\ud800', 'media_type': 'image/png'} True`.concat("\n"),
    );
    const none = 'import _forge\nprint(_forge.supply("input-file"), _forge.supply("input-file-info"))';
    expect(await lab.output(none)).toBe("None None\n");
  });
}
