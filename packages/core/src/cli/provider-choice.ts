import { type DecideCall, echoProvider, type Policy, type Provider } from "@wasmforge/bridge";
import { type Terminal, UsageError } from "./terminal.js";

export const providerNames = ["demo", "echo", "ollama"] as const;

export interface ProviderOptions {
  readonly provider: (typeof providerNames)[number];
  readonly host?: string;
  /** Names that are allowed; all that there are without it. */
  readonly model?: readonly string[];
}

/** Whoever types the command has chosen the provider, so its models are allowed unless some are named. */
export interface ChosenProvider {
  readonly provider: Provider;
  readonly policy: Policy;
  readonly decide?: DecideCall;
}

export async function chooseProvider(options: ProviderOptions, terminal: Terminal): Promise<ChosenProvider> {
  const provider = await openProvider(options, terminal);
  if (options.model) return { provider, policy: { models: options.model } };
  const listed = await provider.models({ signal: terminal.signal }).catch(() => []);
  const policy = { models: listed.map(({ name }) => name) };
  return provider.anyModel ? { provider, policy, decide: allowEveryModel } : { provider, policy };
}

/** The providers without a model answer under any name, so that plugins written for real ones can be tried. */
const allowEveryModel: DecideCall = (_call, _usage, standard) =>
  !standard.allow && standard.code === "model_not_allowed" ? { allow: true } : standard;

export async function openProvider(
  { provider, host }: ProviderOptions,
  terminal: Terminal,
): Promise<Provider> {
  switch (provider) {
    case "demo": {
      const { demo } = await import("@wasmforge/providers");
      return demo({ anyModel: true });
    }
    case "echo":
      return echoProvider();
    case "ollama":
      return openOllama(host ?? terminal.environment.OLLAMA_HOST, terminal);
  }
}

/** It is a package of its own, because most hosts need other providers. */
const adapterName = "@wasmforge/ollama-adapter";

async function openOllama(host: string | undefined, terminal: Terminal): Promise<Provider> {
  let adapter: { ollama(options: { host?: string }): Provider };
  try {
    adapter = (await terminal.load(adapterName)) as typeof adapter;
  } catch {
    throw new UsageError(`--provider ollama needs a package more: npm install ${adapterName}`);
  }
  return adapter.ollama(host === undefined ? {} : { host });
}
