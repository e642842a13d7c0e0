import {
  type CallContext,
  type EmbedRequest,
  type GenerateRequest,
  type ModelInfo,
  type Provider,
  ProviderError,
  type QueryContext,
} from "@wasmforge/bridge";
import type { ModelRegistry, ResolvedAlias } from "./model-registry.js";

export interface RegistryOptions {
  /**
   * What happens when a model's weights are not those that were declared, or nobody can say. What was looked at is the list
   * of a moment ago: whoever changes weights between that and the call is not found out.
   * @default "report"
   */
  readonly onOtherWeights?: "report" | "refuse";
  /** Told once for each change, not once for each call. */
  readonly onReport?: (report: WeightsReport) => void;
  /** Whether models that were not declared can be called under their own names. @default false */
  readonly alsoUndeclared?: boolean;
}

export interface WeightsReport {
  readonly alias: string;
  readonly target: string;
  readonly declared: string;
  /** Absent where the provider does not say. */
  readonly found: string | undefined;
}

const notice = "its weights are not those that were declared";

/** A provider whose models are called by the aliases of a registry. Closing it closes the provider. */
export function withRegistry(
  provider: Provider,
  registry: ModelRegistry,
  { onOtherWeights = "report", onReport, alsoUndeclared = false }: RegistryOptions = {},
): Provider {
  const reported = new Map<string, string>();

  const report = ({ alias, target, digest: declared }: ResolvedAlias, found: string | undefined) => {
    if (declared !== undefined && reported.get(alias) !== `${declared} ${found}`) {
      reported.set(alias, `${declared} ${found}`);
      onReport?.({ alias, target, declared, found });
    }
  };

  const check = async (entry: ResolvedAlias, context: QueryContext): Promise<void> => {
    if (entry.digest === undefined) {
      return;
    }
    const models = await provider.models(context).catch((error: unknown) => {
      if (onOtherWeights === "refuse" || context.signal.aborted) {
        throw error;
      }
      return undefined;
    });
    const info = models?.find(({ name }) => name === entry.target);
    if (info === undefined || hasWeights(info, entry.digest)) {
      // A model that is not there is for the provider to say.
      return;
    }
    report(entry, info.digest);
    if (onOtherWeights === "refuse") {
      throw new ProviderError("refused", "this model's weights are not those that were approved");
    }
  };

  const find = (name: string): ResolvedAlias | undefined => {
    const entry = registry.find(name);
    if (entry === undefined && !alsoUndeclared) {
      throw new ProviderError("model_not_found", "no model is declared under this name");
    }
    return entry;
  };

  const { embed } = provider;
  return {
    version: 1,
    name: provider.name,
    ...(alsoUndeclared && provider.anyModel ? { anyModel: true as const } : {}),

    async *generate(request, context) {
      const entry = find(request.model);
      if (entry === undefined) {
        yield* provider.generate(request, context);
        return;
      }
      const limited = limitRequest(request, entry);
      await check(entry, context);
      yield* provider.generate(limited, limitTime(context, entry));
    },

    ...(embed === undefined
      ? {}
      : {
          embed: async (request: EmbedRequest, context: CallContext) => {
            const entry = find(request.model);
            if (entry === undefined) {
              return embed.call(provider, request, context);
            }
            limitChars(entry, ...request.texts);
            await check(entry, context);
            return embed.call(provider, { ...request, model: entry.target }, limitTime(context, entry));
          },
        }),

    async models(context) {
      const known = new Map((await provider.models(context)).map((model) => [model.name, model]));
      const aliases = registry.list().map((entry) => {
        const info = known.get(entry.target);
        const isTrusted =
          entry.digest === undefined || (info !== undefined && hasWeights(info, entry.digest));
        if (info !== undefined && !isTrusted) {
          report(entry, info.digest);
        }
        return toModelInfo(
          entry,
          info ?? { name: entry.alias, kind: "text", description: "", available: provider.anyModel ?? false },
          isTrusted,
          onOtherWeights === "refuse",
        );
      });
      const names = new Set(aliases.map(({ name }) => name));
      return alsoUndeclared
        ? [...aliases, ...[...known.values()].filter(({ name }) => !names.has(name))]
        : aliases;
    },

    health: (context) => provider.health(context),

    async [Symbol.asyncDispose]() {
      await provider[Symbol.asyncDispose]?.();
    },
  };
}

function hasWeights({ digest }: ModelInfo, declared: string): boolean {
  return digest?.replace(/^sha256:/, "").startsWith(declared) ?? false;
}

function toModelInfo(
  { alias, kind, description }: ResolvedAlias,
  info: ModelInfo,
  isTrusted: boolean,
  isRefused: boolean,
): ModelInfo {
  return {
    ...info,
    name: alias,
    kind: kind ?? info.kind,
    description: description ?? info.description,
    available: info.available && (isTrusted || !isRefused),
    ...(isTrusted || !info.available ? {} : { notice }),
  };
}

function limitRequest(request: GenerateRequest, entry: ResolvedAlias): GenerateRequest {
  const { maxTokens, maxImages } = entry.limits;
  limitChars(entry, request.prompt, request.system ?? "");
  if (maxImages !== undefined && (request.images?.length ?? 0) > maxImages) {
    throw new ProviderError("bad_request", `this model takes ${maxImages} images here`);
  }
  return {
    ...request,
    model: entry.target,
    ...(maxTokens === undefined ? {} : { maxTokens: Math.min(maxTokens, request.maxTokens ?? maxTokens) }),
  };
}

function limitChars({ limits: { maxPromptChars } }: ResolvedAlias, ...texts: readonly string[]): void {
  if (maxPromptChars !== undefined && texts.reduce((sum, { length }) => sum + length, 0) > maxPromptChars) {
    throw new ProviderError("bad_request", `this model takes ${maxPromptChars} characters here`);
  }
}

function limitTime(context: CallContext, { limits: { timeoutMs } }: ResolvedAlias): CallContext {
  return timeoutMs === undefined
    ? context
    : { ...context, timeLeftMs: Math.min(context.timeLeftMs, timeoutMs) };
}
