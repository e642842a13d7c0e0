/**
 * Notes what a run asks through the door and what it is answered, in the order of the calls. Outputs do not wait for their
 * answers; how many of them still arrive when the run is being stopped is chance, and not noted.
 */
import type { GateAnswer } from "@wasmforge/bridge";
import { sha256 } from "../hash/platform/sha256.js";
import type { PoolRuntime } from "../pool/pool.js";
import type { Serve } from "../run/execute-run.js";
import type { ResolvedRun } from "../run/run-options.js";
import { toRecorded, toRecordedText } from "./recorded-content.js";
import type { RecordedAnswer, RunRecord } from "./run-record.js";

export interface Recorder {
  door(serve: Serve): Serve;
  record(): RunRecord;
}

export function createRecorder(run: ResolvedRun, { name, imageHash }: PoolRuntime): Recorder {
  const calls: { answered?: RecordedAnswer }[] = [];
  const { seed, nowMs: now } = run.repeatable ?? { seed: 0, nowMs: 0 };
  return {
    door: (serve) => async (op, payload) => {
      // Before it is served: whoever serves it may keep the bytes.
      const hash = sha256(payload);
      const call: (typeof calls)[number] = {};
      calls.push(call);
      const answer = await serve(op, payload);
      call.answered = { op, sha256: hash, answer: toRecordedAnswer(answer) };
      return answer;
    },
    record: () => ({
      version: 1,
      runtime: { name, imageHash },
      plugin: { name: run.plugin.name, source: toRecorded(run.plugin.source) },
      input: toRecorded(run.input),
      ...(run.file && { file: { ...run.file, bytes: toRecorded(run.file.bytes) } }),
      ...(run.files && {
        files: Object.fromEntries(
          Object.entries(run.files).map(([path, bytes]) => [path, toRecorded(bytes)]),
        ),
      }),
      seed,
      now,
      policy: run.policy,
      limits: run.limits,
      answers: untilStopped(calls.flatMap(({ answered }) => answered ?? [])),
    }),
  };
}

function untilStopped(answers: readonly RecordedAnswer[]): readonly RecordedAnswer[] {
  const last = answers.findIndex(({ answer }) => "stop" in answer);
  return last < 0 ? answers : answers.slice(0, last + 1);
}

function toRecordedAnswer(answer: GateAnswer): RecordedAnswer["answer"] {
  return "reply" in answer ? { reply: toRecordedText(answer.reply) } : answer;
}
