/** Answers a run's calls from the record of another. What the run says to its user is heard as it is said. */
import { ForgeError } from "@wasmforge/bridge";
import { sha256 } from "../hash/platform/sha256.js";
import type { Serve } from "../run/execute-run.js";
import { bytesOf } from "./recorded-content.js";
import type { RunRecord } from "./run-record.js";

/** These reach nobody but the user: they are served again, and answered as they were. */
const spoken: ReadonlySet<string> = new Set(["send_output", "send_json", "progress", "log"]);

export interface Replayer {
  door(serve: Serve): Serve;
  /** Throws `replay_mismatch` where the run did not do what the record says. */
  check(): void;
}

export function createReplayer({ answers }: RunRecord): Replayer {
  let count = 0;
  let mismatch: ForgeError | undefined;
  return {
    door: (serve) => async (op, payload) => {
      const before = answers[count - 1]?.answer;
      if (before && "stop" in before) return before;
      const expected = answers[count];
      if (expected?.op !== op || expected.sha256 !== sha256(payload)) {
        const instead = expected ? `the record has ${expected.op}` : "the record ends before";
        mismatch ??= mismatched(`call ${count + 1} of the plugin is another: ${instead}`);
        return { stop: "aborted" };
      }
      count += 1;
      if (spoken.has(op)) {
        const answer = await serve(op, payload);
        if ("stop" in answer) return answer;
      }
      return "reply" in expected.answer ? { reply: bytesOf(expected.answer.reply) } : expected.answer;
    },
    check() {
      if (!mismatch && count < answers.length) {
        mismatch = mismatched(`the plugin made ${count} calls, and the record has ${answers.length}`);
      }
      if (mismatch) throw mismatch;
    },
  };
}

export function mismatched(problem: string): ForgeError {
  return new ForgeError(
    "replay_mismatch",
    `the record does not fit: ${problem}. Replay it with the image and version that it was made with`,
  );
}
