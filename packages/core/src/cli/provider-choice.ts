import { type DecideCall, echoProvider, type Policy, type Provider } from "@wasmforge/bridge";
import type { Declarations } from "@wasmforge/providers";
import { readText } from "./read-plugin.js";
import { type Terminal, UsageError } from "./terminal.js";

export const providerNames = ["demo", "echo", "ollama", "openai"] as const;

export interface ProviderOptions {
  readonly provider: (typeof providerNames)[number];
  readonly host?: readonly string[];
  /** A file with aliases for models; without it they have their own names. */
  readonly registry?: string;
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

export async function openProvider(options: ProviderOptions, terminal: Terminal): Promise<Provider> {
  const provider = await openNamed(options, terminal);
  try {
    return options.registry === undefined
      ? provider
      : await withAliases(provider, options.registry, terminal);
  } catch (error) {
    await provider[Symbol.asyncDispose]?.();
    throw error;
  }
}

/** Other weights than those that the file trusts are shown by `models`, and refused by `run`. */
async function withAliases(provider: Provider, path: string, terminal: Terminal): Promise<Provider> {
  const { createModelRegistry, withRegistry } = await import("@wasmforge/providers");
  const text = await readText(path, terminal);
  let declarations: Declarations;
  try {
    declarations = JSON.parse(text);
  } catch {
    throw new UsageError(`${path} is no JSON`);
  }
  return withRegistry(provider, createModelRegistry(declarations), { onOtherWeights: "refuse" });
}

async function openNamed({ provider, host }: ProviderOptions, terminal: Terminal): Promise<Provider> {
  switch (provider) {
    case "demo": {
      const { demo } = await import("@wasmforge/providers");
      return demo({ anyModel: true });
    }
    case "echo":
      return echoProvider();
    case "ollama":
      return openOllama(host, terminal);
    case "openai":
      return openOpenai(host, terminal);
  }
}

/** The key is no option: other users of a machine see the options of a command. */
async function openOpenai(host: readonly string[] | undefined, terminal: Terminal): Promise<Provider> {
  const [baseUrl, ...others] = host ?? [];
  if (baseUrl === undefined || others.length > 0) {
    throw new UsageError("--provider openai needs one --host, such as --host http://127.0.0.1:8000/v1");
  }
  const { openaiCompatible } = await import("@wasmforge/providers");
  const apiKey = terminal.environment.OPENAI_API_KEY;
  return openaiCompatible(apiKey ? { baseUrl, apiKey } : { baseUrl });
}

/** It is a package of its own, because most hosts need other providers. */
const adapterName = "@wasmforge/ollama-adapter";

async function openOllama(host: readonly string[] | undefined, terminal: Terminal): Promise<Provider> {
  let adapter: { ollama(options: { hosts?: readonly string[] }): Provider };
  try {
    adapter = (await terminal.load(adapterName)) as typeof adapter;
  } catch {
    throw new UsageError(`--provider ollama needs a package more: npm install ${adapterName}`);
  }
  const { OLLAMA_HOST } = terminal.environment;
  const hosts = host ?? (OLLAMA_HOST ? [OLLAMA_HOST] : undefined);
  return adapter.ollama(hosts === undefined ? {} : { hosts });
}
