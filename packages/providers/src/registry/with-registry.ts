import {
  type CallContext,
  type EmbedRequest,
  type GenerateRequest,
  type ModelInfo,
  type Provider,
  ProviderError,
} from "@wasmforge/bridge";
import { openCallScope, systemClock, untilAborted } from "../toolkit/index.js";
import type { ModelRegistry, ResolvedAlias } from "./model-registry.js";

/** What happens with models that are not as they were declared. */
export interface RegistryOptions {
  /**
   * What happens when a model's weights are not those that were declared, or nobody can say, because the provider tells no
   * digest or does not list the model under the name that was declared. What was looked at is the list of a moment ago:
   * whoever changes weights between that and the call is not found out. Only `refuse` has calls wait for that list.
   * @default "report"
   */
  readonly onOtherWeights?: "report" | "refuse";
  /** Is told of other weights: once for each change, not once for each call. @default nobody is told */
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

  /** Whether the weights are those that were declared, if any were. Others are reported. */
  const isTrusted = ({ alias, target, digest: declared }: ResolvedAlias, info?: ModelInfo): boolean => {
    if (declared === undefined || info?.digest?.replace(/^sha256:/, "").startsWith(declared)) {
      reported.delete(alias);
      return true;
    }
    const found = info?.digest;
    if (reported.get(alias) !== `${declared} ${found}`) {
      reported.set(alias, `${declared} ${found}`);
      // What a listener throws, at once or later, is its own business.
      void (async () => onReport?.({ alias, target, declared, found }))().catch(() => {});
    }
    return false;
  };

  const hasTrustedWeights = async (entry: ResolvedAlias, signal: AbortSignal): Promise<boolean> => {
    const models = await untilAborted(provider.models({ signal }), signal);
    return isTrusted(
      entry,
      models.find(({ name }) => name === entry.target),
    );
  };

  /** Before each call. Gives what the call may take then. */
  const admit = async (entry: ResolvedAlias, context: CallContext): Promise<CallContext> => {
    const limited = limitTime(context, entry);
    if (entry.digest === undefined) {
      return limited;
    }
    if (onOtherWeights === "report") {
      // Nobody waits for what is only told.
      hasTrustedWeights(entry, context.signal).catch(() => {});
      return limited;
    }
    const scope = openCallScope(limited, systemClock);
    try {
      // One that is not listed may be there all the same, under another spelling of its name.
      if (!(await hasTrustedWeights(entry, scope.signal))) {
        throw new ProviderError(
          "refused",
          "this model's weights are not known to be those that were approved",
        );
      }
      return { ...limited, timeLeftMs: scope.leftMs() };
    } finally {
      scope.close();
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
      yield* provider.generate(limited, await admit(entry, context));
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
            const admitted = await admit(entry, context);
            return embed.call(provider, { ...request, model: entry.target }, admitted);
          },
        }),

    async models(context) {
      const known = new Map((await provider.models(context)).map((model) => [model.name, model]));
      const aliases = registry.list().map((entry) => {
        const info = known.get(entry.target);
        return toModelInfo(
          entry,
          info ?? { name: entry.alias, kind: "text", description: "", available: provider.anyModel ?? false },
          info === undefined ? entry.digest === undefined : isTrusted(entry, info),
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

function toModelInfo(
  { alias, kind, description }: ResolvedAlias,
  info: ModelInfo,
  isRight: boolean,
  isRefused: boolean,
): ModelInfo {
  return {
    ...info,
    name: alias,
    kind: kind ?? info.kind,
    description: description ?? info.description,
    available: info.available && (isRight || !isRefused),
    ...(isRight || !info.available ? {} : { notice }),
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
