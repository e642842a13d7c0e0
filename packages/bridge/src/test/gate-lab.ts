/** A gate as a guest meets it, and everything the host hears of it. */
import { createGate } from "../gate/create-gate.js";
import type { Gate } from "../gate/gate.js";
import type { GateEvent } from "../gate/gate-event.js";
import type { GateOptions } from "../gate/gate-options.js";
import { type Limits, parseLimits } from "../limits/limits.js";
import { parsePolicy } from "../policy/parse-policy.js";
import type { Policy } from "../policy/policy.js";
import { parseReply, type Reply } from "../protocol.js";
import { echoProvider } from "../provider/echo-provider.js";
import type { CallContext, GeneratePart, Provider } from "../provider/provider.js";

export interface LabOptions extends Partial<Omit<GateOptions, "policy" | "limits">> {
  readonly policy?: Policy;
  readonly limits?: Limits;
}

export type Answer = Reply | { readonly stop: string };

export interface Lab {
  readonly gate: Gate;
  readonly events: GateEvent[];
  /** As a guest calls: an op, and the fields of its payload. */
  call(op: string, fields?: object): Promise<Answer>;
  send(op: string, payload: Uint8Array | string): Promise<Answer>;
  eventsOf<Type extends GateEvent["type"]>(type: Type): Extract<GateEvent, { readonly type: Type }>[];
}

export const run = { runId: "run-1", plugin: "summarize", tenant: "ann" };
export const done: GeneratePart = {
  type: "done",
  reason: "stop",
  usage: { promptTokens: 3, completionTokens: 5 },
};

export function createLab({ policy, limits, on, ...options }: LabOptions = {}): Lab {
  const events: GateEvent[] = [];
  const gate = createGate({
    run,
    policy: parsePolicy({ models: ["m"], tools: { t: true }, ...policy }),
    limits: parseLimits(limits),
    provider: echoProvider({ models: ["m"] }),
    on: (event) => {
      events.push(event);
      on?.(event);
    },
    ...options,
  });
  const send = async (op: string, payload: Uint8Array | string): Promise<Answer> => {
    const bytes = typeof payload === "string" ? new TextEncoder().encode(payload) : payload;
    const answer = await gate.serve(op, bytes);
    return "stop" in answer ? answer : parseReply(answer.reply);
  };
  return {
    gate,
    events,
    send,
    call: (op, fields = {}) => send(op, JSON.stringify(fields)),
    eventsOf: (type) => events.filter((event) => event.type === type) as never,
  };
}

/** A provider that answers each request with what this function gives: a generator, or anything else at all. */
export function providerOf(
  generate: (context: CallContext, prompt: string) => unknown,
  others: Partial<Provider> = {},
): Provider {
  return {
    ...echoProvider({ models: ["m"] }),
    name: "test",
    generate: ({ prompt }, context) => generate(context, prompt) as AsyncIterable<GeneratePart>,
    ...others,
  };
}

export function saying(...texts: readonly string[]): Provider {
  return providerOf(async function* () {
    for (const text of texts) yield { type: "text", text };
    yield done;
  });
}

/** Never settles, unless the signal ends it. */
export function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

export interface Gateway {
  readonly opened: Promise<void>;
  open(): void;
}

/** For a test that says when something goes on. */
export function createGateway(): Gateway {
  let open: (() => void) | undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open?.() };
}
