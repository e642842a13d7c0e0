import fc from "fast-check";
import { createGate } from "../../../packages/bridge/src/gate/create-gate.js";
import type { GateEvent } from "../../../packages/bridge/src/gate/gate-event.js";
import { parseLimits } from "../../../packages/bridge/src/limits/limits.js";
import { parsePolicy } from "../../../packages/bridge/src/policy/parse-policy.js";
import { parseReply } from "../../../packages/bridge/src/protocol.js";
import { echoProvider } from "../../../packages/bridge/src/provider/echo-provider.js";
import type { GeneratePart, Provider } from "../../../packages/bridge/src/provider/provider.js";
import { calls, ops } from "../../../packages/bridge/src/test/guest-messages.js";
import { assert } from "../assert.js";
import { valuesTarget } from "../target.js";

interface Sent {
  readonly op: string;
  readonly payload: string;
}

/** Fields as calls have them, most of them fit to be let through. */
const name = fc.constantFrom("m", "t", "m:latest", "", "x".repeat(1_001), "__proto__");
const text = fc.oneof(fc.string({ unit: "binary", maxLength: 40 }), fc.constantFrom("", "p", "secret"));
const value = fc.jsonValue({ maxDepth: 3 });
const ticket = fc.oneof(fc.integer({ min: -1, max: 6 }), fc.double());
const few = { maxLength: 4 };
const inner = fc.oneof(
  fc.record({ op: fc.constant("call_ai"), model: name, prompt: text }),
  fc.record({ op: fc.constant("embed"), model: name, texts: fc.array(text, few) }),
  fc.record({ op: fc.constant("call_tool"), name, arguments: fc.dictionary(text, value, { maxKeys: 3 }) }),
);
const fieldsOf: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  call_ai: fc.record(
    {
      model: name,
      prompt: text,
      system: text,
      images: fc.array(fc.oneof(fc.base64String(), text), few),
      format: fc.oneof(fc.constant("json"), fc.dictionary(text, value, { maxKeys: 3 })),
      temperature: fc.double(),
      max_tokens: fc.integer(),
    },
    { requiredKeys: ["model", "prompt"] },
  ),
  embed: fc.record({ model: name, texts: fc.array(text, few) }),
  call_tool: fc.record({ name, arguments: fc.dictionary(text, value, { maxKeys: 3 }) }),
  list_models: fc.constant({}),
  list_tools: fc.constant({}),
  send_json: fc.record({ value, text }, { requiredKeys: ["value"] }),
  progress: fc.record({ fraction: fc.double({ min: -1, max: 2 }), message: text }),
  log: fc.record({ level: fc.constantFrom("debug", "info", "warning", "error", "fatal"), message: text }),
  begin: fc.record({ call: inner, stream: fc.boolean() }, { requiredKeys: ["call"] }),
  // Not without a limit of time: a guest that waits for nothing waits for its run's end, and so would this.
  next: fc.record({ tickets: fc.array(ticket, few), timeout_ms: fc.constantFrom(0, 1, -1) }),
  cancel: fc.record({ ticket }),
};

const sent: fc.Arbitrary<Sent> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.oneof(
      ...Object.entries(fieldsOf).map(([op, fields]) =>
        fields.map((of) => ({ op, payload: JSON.stringify(of) })),
      ),
    ),
  },
  { weight: 1, arbitrary: text.map((payload) => ({ op: "send_output", payload })) },
  {
    weight: 1,
    arbitrary: fc.record({
      op: fc.constantFrom(...ops.filter((op) => op !== "next")),
      payload: fc.constantFrom(...calls.map(({ payload }) => new TextDecoder().decode(payload))),
    }),
  },
);

const done: GeneratePart = { type: "done", reason: "stop", usage: { promptTokens: 3, completionTokens: 5 } };

/** Answers, fails, forgets its end or says nonsense, by what it is asked. */
const moodyProvider: Provider = {
  ...echoProvider({ models: ["m"] }),
  name: "moody",
  async *generate({ prompt }) {
    if (prompt.length % 5 === 0) throw new Error("secret");
    yield { type: "text", text: prompt };
    if (prompt.length % 5 === 1) yield { type: "text", text: 5 } as unknown as GeneratePart;
    if (prompt.length % 5 === 2) return;
    yield done;
  },
};

export const gateTarget = valuesTarget<readonly Sent[]>({
  name: "gate",
  about:
    "Whatever a guest says in whatever order, each call gets a value or a code, and nothing of it is left at the end.",
  values: fc.array(sent, { minLength: 1, maxLength: 30 }),
  open: async () => ({
    async check(said) {
      const events: GateEvent[] = [];
      const gate = createGate({
        run: { runId: "run-1", plugin: "p", tenant: "ann" },
        policy: parsePolicy({ models: ["m"], tools: { t: true }, maxCalls: 8 }),
        limits: parseLimits({ outputBytes: 2_000, logBytes: 500 }),
        provider: moodyProvider,
        tools: {
          list: () => [{ name: "t", description: "", inputSchema: {} }],
          call: async (_, args) => args,
        },
        on: (event) => void events.push(event),
      });
      const encoder = new TextEncoder();
      let isStopped = false;
      for (const { op, payload } of said) {
        const answer = await gate.serve(op, encoder.encode(payload));
        if ("stop" in answer) {
          assert(answer.stop === "output", `a run was stopped for ${answer.stop}`);
          isStopped = true;
          continue;
        }
        const reply = parseReply(answer.reply);
        if ("error" in reply) {
          assert(/^[a-z_]{3,30}$/.test(reply.error.code), `${reply.error.code} is no code`);
          assert(
            !/node_modules|\.ts\b|\n\s+at /.test(reply.error.message),
            "a guest was told where our code is",
          );
        }
      }
      gate.close();
      const count = (type: GateEvent["type"]) => events.filter((event) => event.type === type).length;
      await new Promise((resolve) => setImmediate(resolve));
      assert(
        isStopped || count("call_started") === count("call_finished"),
        `${count("call_started")} calls were begun and ${count("call_finished")} ended`,
      );
    },
    close() {},
  }),
});
