import { ForgeError, parseLimits, parsePolicy } from "@wasmforge/bridge";
import { jsonWords } from "../../../packages/bridge/src/test/guest-messages.js";
import { parseRecord } from "../../../packages/core/src/replay/parse-record.js";
import { bytesOf, fromRecorded } from "../../../packages/core/src/replay/recorded-content.js";
import { assert } from "../assert.js";
import { bytesTarget } from "../target.js";

const record = {
  version: 1,
  runtime: { name: "forged", imageHash: "ab" },
  plugin: { name: "p", source: { text: "print(1)" } },
  input: { base64: "AAEC" },
  file: { name: "a.png", mediaType: "image/png", bytes: { base64: "AAEC/w==" } },
  files: { "a/b": { text: "x" } },
  seed: 5,
  now: 1_750_000_000_000,
  policy: parsePolicy({ models: ["m"] }),
  limits: parseLimits({}),
  answers: [
    { op: "call_ai", sha256: "00", answer: { reply: { text: '{"ok":"yes"}' } } },
    { op: "send_output", sha256: "00", answer: { stop: "output" } },
  ],
};

export const recordTarget = bytesTarget({
  name: "record",
  about: "What is given as the record of a run is one, whose contents can be read, or is a ForgeError.",
  reaches: /\/packages\/core\/src\/replay\//,
  words: [
    ...jsonWords,
    '"text":',
    '"base64":',
    '"AA="',
    '"A"',
    '"====',
    '"reply":',
    '"stop":"aborted"',
    '"version":1',
  ],
  seeds: () => [new TextEncoder().encode(JSON.stringify(record))],
  open: async () => ({
    check(input) {
      const value = parsed(input);
      try {
        const { plugin, input: given, file, files = {}, answers } = parseRecord(value);
        const contents = [plugin.source, given, ...(file ? [file.bytes] : []), ...Object.values(files)];
        for (const content of contents) assert(fromRecorded(content) !== undefined, "a content is none");
        for (const { answer } of answers) if ("reply" in answer) bytesOf(answer.reply);
      } catch (error) {
        if (!ForgeError.is(error)) throw error;
        assert(error.code === "replay_mismatch" && error.message.length < 300, "the error is another one");
      }
    },
    close() {},
  }),
});

function parsed(input: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(input));
  } catch {
    return undefined;
  }
}
