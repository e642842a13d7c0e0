import { chooseRuntime, type Instance, type RunEnd, type RunRequest } from "@wasmforge/python-runtime";
import { type Script, ScriptedHost } from "@wasmforge/python-runtime/conformance";
import { afterAll } from "vitest";

export interface PluginRun {
  readonly end: RunEnd;
  /** What people see of every output. */
  readonly sent: readonly string[];
  readonly printed: string;
  readonly host: ScriptedHost;
}

/** Runs plugins on the real runtime against a scripted host. Call it at the top of a test file. */
export function createPluginRunner() {
  let instance: Promise<Instance> | undefined;
  let host = new ScriptedHost();
  let printed: Uint8Array[] = [];
  afterAll(async () => (await instance)?.close());

  async function open(): Promise<Instance> {
    const runtime = await chooseRuntime();
    return runtime.open(await runtime.compile({ memoryMb: 128 }), {
      door: (op, payload) => host.door(op, payload),
      print: (_, chunk) => void printed.push(chunk),
    });
  }

  return async (
    source: string,
    { script, ...request }: Partial<RunRequest> & { readonly script?: Script } = {},
  ): Promise<PluginRun> => {
    instance ??= open();
    const guest = await instance;
    host = new ScriptedHost(script);
    printed = [];
    const end = await guest.run({
      source,
      fileName: "plugin.py",
      input: "",
      maxPrintBytes: 1_000_000,
      ...request,
    });
    if ((await guest.reset()) === "replace") instance = undefined;
    const sent = host.calls.flatMap((call) =>
      call.op === "send_output" || call.op === "send_json" ? [call.text ?? ""] : [],
    );
    return { end, sent, printed: Buffer.concat(printed).toString(), host };
  };
}

/** A model that answers every prompt with what `say` makes of it, whether it is asked at once, later, or for a stream. */
export function modelThat(say: (prompt: string) => string): Script {
  return {
    answer: (call) => (call.op === "call_ai" ? { ok: say(call.prompt) } : undefined),
    begun: ({ call, stream }) => {
      const text = call.op === "call_ai" ? say(call.prompt) : "";
      return stream ? [{ text, ok: null }] : [{ ok: text }];
    },
  };
}
