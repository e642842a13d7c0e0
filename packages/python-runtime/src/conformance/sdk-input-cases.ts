import { toTextBytes } from "@wasmforge/bridge";
import type { Cases } from "./cases.js";
import { python } from "./python.js";

const showJson = python`
  from platform_sdk import get_json
  try:
      print(get_json())
  except ValueError as error:
      print(type(error).__name__, str(error), getattr(error, "pos", None))
`;
const showFile = python`
  from platform_sdk import get_file
  try:
      file = get_file()
      print(file.name, file.media_type, file.data, file is get_file())
  except ValueError as error:
      print(error)
`;

export function sdkInputCases({ lab, expect, can }: Cases): void {
  for (const [text, value] of [
    ['{"a": [1, 2.5, null, true, "é\\ud83d\\ude00"]}', "{'a': [1, 2.5, None, True, 'é😀']}"],
    [" \r\n\t 5 \n", "5"],
    ['"text"', "text"],
    ["\ufeff[]", "[]"],
    ["[1e400, 123456789012345678901234567890]", "[inf, 123456789012345678901234567890]"],
  ] as const) {
    can(`reads an input of JSON: ${JSON.stringify(text)}`, async () => {
      expect(await lab.output(showJson, { input: text })).toBe(`${value}\n`);
    });
  }

  for (const [text, error] of [
    ["hello", "Expecting value: line 1 column 1 (char 0)"],
    ['{"a": 1,\n "b" 2}', "Expecting ':' delimiter: line 2 column 6 (char 14)"],
    ["[1, 2", "Expecting ',' delimiter: line 1 column 6 (char 5)"],
    ["{'a': 1}", "Expecting property name enclosed in double quotes: line 1 column 2 (char 1)"],
    ["[1] [2]", "Extra data: line 1 column 5 (char 4)"],
    ['"a\nb"', "Invalid control character at: line 1 column 3 (char 2)"],
  ] as const) {
    can(`says what is wrong with an input that is not JSON, and where: ${JSON.stringify(text)}`, async () => {
      const position = /char (\d+)/.exec(error)?.[1];
      expect(await lab.output(showJson, { input: text })).toBe(
        `JSONDecodeError get_json(): the input is not JSON: ${error} ${position}\n`,
      );
    });
  }

  for (const [what, text, error] of [
    ["empty", " \n", "get_json(): the input is empty"],
    ["nested too deeply", "[".repeat(100_000), "get_json(): the input is nested too deeply"],
    ["a number that never ends", "9".repeat(10_000), "get_json(): Exceeds the limit (4300 digits)"],
  ] as const) {
    can(`says what is wrong with an input of JSON that is ${what}`, async () => {
      const said = await lab.output(showJson, { input: text });
      expect(said.startsWith(`ValueError ${error}`)).toBe(true);
    });
  }

  can("gives the run's file", async () => {
    const inputFile = { name: "ü.bin", mediaType: "image/png", bytes: Uint8Array.of(0, 255) };
    expect(await lab.output(showFile, { inputFile })).toBe("ü.bin image/png b'\\x00\\xff' True\n");
    const empty = { ...inputFile, bytes: new Uint8Array() };
    expect(await lab.output(showFile, { inputFile: empty })).toBe("ü.bin image/png b'' True\n");
  });

  can("prefers the run's file to what the text may hold", async () => {
    const inputFile = { name: "a", mediaType: "text/plain", bytes: toTextBytes("b") };
    const input = "data:image/png;base64,aGk=";
    expect(await lab.output(showFile, { inputFile, input })).toBe("a text/plain b'b' True\n");
  });

  for (const [url, file] of [
    ["data:image/png;base64,aGk=", "input image/png b'hi' True"],
    ["DATA:Image/PNG;charset=x;BASE64,aGk=\n", "input image/png b'hi' True"],
    ["data:;base64,", "input text/plain b'' True"],
  ] as const) {
    can(`takes a data URL for the file, as old clients send it: ${JSON.stringify(url)}`, async () => {
      expect(await lab.output(showFile, { input: url })).toBe(`${file}\n`);
    });
  }

  for (const [input, error] of [
    ["", "this run was given no file; its input is empty"],
    ["a text", "this run was given no file; its input is text, see get_input()"],
    ["data:image/png;base64,a", "the input looks like a data: URL, but is damaged or not in base64"],
    ["data:image/png,a%20b", "the input looks like a data: URL, but is damaged or not in base64"],
    ["data:image/png;base64,é\ud800", "the input looks like a data: URL, but is damaged or not in base64"],
    ["data:", "the input looks like a data: URL, but is damaged or not in base64"],
  ] as const) {
    can(`says that there is no file, and what there is: ${JSON.stringify(input)}`, async () => {
      expect(await lab.output(showFile, { input })).toBe(`get_file(): ${error}\n`);
    });
  }

  can("reads a file as text", async () => {
    const source = python`
      from platform_sdk import get_file
      file = get_file()
      print(ascii(file.text()), ascii(file.text("latin-1")))
      try:
          file.text("ascii")
      except ValueError as error:
          print(error)
      print(file)
    `;
    const inputFile = { name: "a.txt", mediaType: "text/plain", bytes: toTextBytes("\ufeffé") };
    expect(await lab.output(source, { inputFile })).toBe(
      [
        String.raw`'\xe9' '\xef\xbb\xbf\xc3\xa9'`,
        "the file 'a.txt' is no ascii text: 'ascii' codec can't decode byte 0xef in position 0: ordinal not in range(128)",
        "File(name='a.txt', media_type='text/plain', 5 bytes)\n",
      ].join("\n"),
    );
  });

  can("says that a file is no text", async () => {
    const inputFile = { name: "a", mediaType: "text/plain", bytes: Uint8Array.of(0xff) };
    const { end } = await lab.run("from platform_sdk import get_file\nget_file().text()", { inputFile });
    expect(end).toMatchObject({
      kind: "raised",
      error: { type: "ValueError", message: expect.stringContaining("the file 'a' is no utf-8 text") },
    });
  });

  can("reads a file of 10 MB", async () => {
    const inputFile = { name: "a", mediaType: "", bytes: new Uint8Array(10_000_000).fill(97) };
    const source = "from platform_sdk import get_file\nprint(get_file().text() == 'a' * 10_000_000)";
    expect(await lab.output(source, { inputFile })).toBe("True\n");
  });
}
