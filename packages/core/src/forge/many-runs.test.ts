import type { GeneratePart } from "@wasmforge/bridge";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { Outcome } from "../run/outcome.js";
import { done, plugin, providerOf, useForge } from "../test/forge.js";

const echo = providerOf(async function* ({ prompt }): AsyncGenerator<GeneratePart> {
  // Answers cross each other.
  await new Promise((resolve) => setTimeout(resolve, (prompt.length * 7) % 20));
  yield { type: "text", text: `model says ${prompt}` };
  yield done;
});

describe("two hundred runs of different tenants at the same time", () => {
  const forge = useForge({
    seats: 2,
    providers: [echo],
    tools: {
      whisper: {
        description: "",
        input: z.object({ word: z.string() }),
        run: async ({ word }, { runId }) => ({ word, runId }),
      },
    },
    policy: { models: ["m"], tools: { whisper: true } },
  });

  it("see nothing of each other", async () => {
    const source = `
import builtins, json, sys
# What a run before might have left.
left = [getattr(builtins, "canary", None), sys.modules.get("canary"), getattr(json, "canary", None)]
mine = get_input()
builtins.canary = json.canary = mine
sys.modules["canary"] = mine
print("out", mine)
print("err", mine, file=sys.stderr)
answers = sdk.call_ai_many([("m", mine), ("m", mine + "!")])
told = sdk.tools.whisper(word=mine)
sdk.log("info", mine)
send_output([left, mine, answers, told["word"], open("/file.txt").read()])
`;
    const canary = (n: number) => `canary-${n}-${"x".repeat(n % 13)}`;
    const runs = Array.from({ length: 200 }, async (_, n) => {
      const heard: unknown[] = [];
      let outcome: Outcome | undefined;
      const options = { input: canary(n), tenant: `tenant-${n}`, files: { "file.txt": canary(n) } };
      for await (const event of forge().stream(plugin(source, `plugin-${n}`), options)) {
        heard.push(event);
        if (event.type === "outcome") outcome = event.outcome;
      }
      return { n, heard: JSON.stringify(heard), outcome };
    });
    for (const { n, heard, outcome } of await Promise.all(runs)) {
      const mine = canary(n);
      const [first, second] = [`model says ${mine}`, `model says ${mine}!`];
      expect(outcome).toMatchObject({
        status: "completed",
        outputs: [{ value: [[null, null, null], mine, [first, second], mine, mine] }],
        stdout: `out ${mine}\n`,
        stderr: `err ${mine}\n`,
      });
      const canaries = new Set(heard.match(/canary-\d+-x*/g));
      expect([...canaries]).toEqual([mine]);
    }
    expect(forge().stats()).toMatchObject({ running: 0, queued: 0 });
  });
});
