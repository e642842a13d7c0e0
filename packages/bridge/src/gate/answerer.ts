import { toPrintable } from "../printable.js";
import type { Call, MeteredCall } from "../protocol.js";
import type { CallContext } from "../provider/provider.js";
import { CallError, fromTool } from "./call-error.js";
import type { CallScope } from "./call-scope.js";
import type { GateOptions } from "./gate-options.js";
import type { Journal } from "./journal.js";
import { toJsonText } from "./json-text.js";
import { callModel, embedTexts } from "./model-calls.js";
import { listModels } from "./model-list.js";
import type { OpenCall } from "./open-call.js";
import type { ToolContext } from "./tool-set.js";
import { Turns } from "./turns.js";

/** The calls that are answered with something: by a model, by a tool, or with a list of them. */
export type ServedCall = Extract<Call, MeteredCall | { readonly op: "list_models" | "list_tools" }>;
type ToolCall = Extract<Call, { readonly op: "call_tool" }>;
type ModelCall = Exclude<MeteredCall, ToolCall>;

/** Hears a model's text. What it returns holds the provider back. */
export type OnText = (text: string) => Promise<void> | undefined;

/** Has calls answered, each in its turn. */
export class Answerer {
  readonly #options: GateOptions;
  readonly #journal: Journal;
  readonly #timeLeftMs: () => number;
  readonly #turns: Turns;
  readonly #providerName: string;

  constructor(options: GateOptions, journal: Journal, timeLeftMs: () => number) {
    this.#options = options;
    this.#journal = journal;
    this.#timeLeftMs = timeLeftMs;
    this.#turns = new Turns(options.policy.maxParallelCalls);
    this.#providerName = toPrintable(String(options.provider?.name), 100);
  }

  /** JSON, or `undefined` where the answer is the text that was handed on. */
  async answer(open: OpenCall<ServedCall>, onText: OnText): Promise<string | undefined> {
    const { call } = open;
    const { policy, provider, limits } = this.#options;
    if (call.op === "list_models") {
      return JSON.stringify(await listModels(policy.models, provider, open.scope));
    }
    if (call.op === "list_tools") {
      return toJsonText(this.#allowedTools(), limits.replyBytes);
    }
    const turn = this.#turns.take();
    try {
      if (turn.ready) await open.scope.race(turn.ready);
      return isModelCall(call)
        ? await this.#callProvider(open, call, onText)
        : await this.#callTool(call, open.scope);
    } finally {
      turn.leave();
    }
  }

  async #callProvider(
    open: OpenCall<ServedCall>,
    call: ModelCall,
    onText: OnText,
  ): Promise<string | undefined> {
    const { run, limits, provider } = this.#options;
    const { scope, summary } = open;
    if (provider === undefined) {
      throw new CallError("model_not_found", "the host has no models");
    }
    open.provider = this.#providerName;
    const context: CallContext = {
      get signal() {
        return scope.signal;
      },
      timeLeftMs: this.#timeLeftMs(),
      ...run,
    };
    const options = { provider, context, scope, account: open.account, maxReplyBytes: limits.replyBytes };
    if (call.op === "embed") {
      return embedTexts(call, options);
    }
    await callModel(call, options, (text) => {
      this.#journal.tell({ type: "tokens", callId: summary.callId, text });
      return onText(text);
    });
    return undefined;
  }

  async #callTool(call: ToolCall, scope: CallScope): Promise<string> {
    const { tools, run, limits } = this.#options;
    const context: ToolContext = {
      get signal() {
        return scope.signal;
      },
      runId: run.runId,
    };
    let result: unknown;
    try {
      result = await scope.race(tools?.call(call.name, call.arguments, context));
    } catch (thrown) {
      throw fromTool(thrown);
    }
    return toJsonText(result, limits.replyBytes);
  }

  #allowedTools(): readonly object[] {
    const { tools, policy } = this.#options;
    return (tools?.list() ?? [])
      .filter(({ name }) => Object.hasOwn(policy.tools, name))
      .map(({ name, description, inputSchema }) => ({ name, description, input_schema: inputSchema }));
  }
}

export function isModelCall(call: ServedCall): call is ModelCall {
  return call.op === "call_ai" || call.op === "embed";
}
