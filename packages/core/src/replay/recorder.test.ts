import type { GateAnswer } from "@wasmforge/bridge";
import { describe, expect, it } from "vitest";
import type { ResolvedRun } from "../run/run-options.js";
import { createRecorder } from "./recorder.js";
import { createReplayer } from "./replayer.js";

const ok: GateAnswer = { reply: new TextEncoder().encode('{"ok":null}') };
const recorderOf = () =>
  createRecorder({ plugin: { name: "p", source: "" }, input: "" } as ResolvedRun, {
    name: "forged",
    imageHash: "",
  });
const payload = (text: string) => new TextEncoder().encode(text);

describe("what is recorded of calls", () => {
  it("is in the order in which they were made, whichever is answered first", async () => {
    const recorder = recorderOf();
    const answers: (() => void)[] = [];
    const call = recorder.door(() => new Promise((resolve) => answers.push(() => resolve(ok))));
    const calls = [call("send_output", payload("1")), call("list_models", payload("{}"))];
    for (const answer of answers.toReversed()) answer();
    await Promise.all(calls);
    expect(recorder.record().answers.map(({ op }) => op)).toEqual(["send_output", "list_models"]);
  });

  it("ends with what is stopped: how much came after it is chance", async () => {
    const recorder = recorderOf();
    const call = recorder.door(async (_, { length }) => (length > 1 ? { stop: "output" } : ok));
    const said = ["1", "too much", "2", "3"];
    for (const text of said) void call("send_output", payload(text));
    await call("send_output", payload("4"));
    const record = recorder.record();
    expect(record.answers.map(({ answer }) => "stop" in answer)).toEqual([false, true]);
    const replayer = createReplayer(record);
    const again = replayer.door(async () => ok);
    expect(await again("send_output", payload("1"))).toEqual(ok);
    for (const text of said.slice(1)) {
      expect(await again("send_output", payload(text))).toEqual({ stop: "output" });
    }
    expect(() => replayer.check()).not.toThrow();
  });

  it("is what was answered: what the run ended before is not there", async () => {
    const recorder = recorderOf();
    const call = recorder.door(() => new Promise(() => {}));
    void call("call_ai", payload("{}"));
    expect(recorder.record().answers).toEqual([]);
  });
});
