import {
  type CallContext,
  ForgeError,
  type GeneratePart,
  type ModelInfo,
  normalizeModelName,
  type Provider,
  ProviderError,
  type ProviderHealth,
  type QueryContext,
} from "@wasmforge/bridge";
import { systemClock } from "../toolkit/index.js";

/**
 * Which provider answers for which model: a name, a beginning (`gpt-*`), or `*` for all others. A list is tried in its
 * order, as long as nobody has begun to answer.
 */
export type Routes = Readonly<Record<string, Provider | readonly Provider[]>>;

/**
 * Several providers under one roof, by the model's name.
 *
 * ```ts
 * route({ "llama3.2": [gpu, cloud], "gpt-*": cloud, "*": demo() });
 * ```
 *
 * Closing it closes the providers that it was given.
 */
export function route(routes: Routes): Provider {
  const table = parseRoutes(routes);
  const providers = [...new Set(table.flatMap(({ providers: some }) => some))];

  const providersFor = (model: string): readonly Provider[] => {
    const name = normalizeModelName(model);
    const found = table.find(({ matches }) => matches(name));
    if (found === undefined) {
      throw new ProviderError("model_not_found", "no provider is set up for this model");
    }
    return found.providers;
  };

  return {
    version: 1,
    name: `route(${providers.map(({ name }) => name).join(",")})`,
    ...(table.some(({ weight, providers: some }) => weight === 0 && some.some(({ anyModel }) => anyModel))
      ? { anyModel: true as const }
      : {}),

    async *generate(request, context): AsyncGenerator<GeneratePart, void, undefined> {
      const candidates = providersFor(request.model);
      const toContext = countDown(context);
      for (const [index, provider] of candidates.entries()) {
        let begun = false;
        try {
          for await (const part of provider.generate(request, toContext())) {
            begun = true;
            yield part.type === "done" ? { provider: provider.name, ...part } : part;
          }
          return;
        } catch (error) {
          const isLast = index === candidates.length - 1 || toContext().timeLeftMs === 0;
          if (begun || isLast || !mayOthersHelp(error)) {
            throw error;
          }
        }
      }
    },

    async embed(request, context) {
      const candidates = providersFor(request.model).filter(({ embed }) => embed !== undefined);
      const toContext = countDown(context);
      let failure: unknown = new ProviderError("bad_request", "no provider of this model has embeddings");
      for (const provider of candidates) {
        try {
          if (provider.embed !== undefined) {
            return { provider: provider.name, ...(await provider.embed(request, toContext())) };
          }
        } catch (error) {
          failure = error;
          if (!mayOthersHelp(error) || toContext().timeLeftMs === 0) {
            break;
          }
        }
      }
      throw failure;
    },

    async models(context) {
      const listed = await Promise.all(providers.map((provider) => listQuietly(provider, context)));
      const failures = listed.filter((one) => "error" in one);
      if (failures.length === providers.length && failures[0] !== undefined) {
        throw failures[0].error;
      }
      const models = new Map<string, ModelInfo>();
      for (const { matches, providers: some } of table) {
        for (const provider of some) {
          const one = listed[providers.indexOf(provider)];
          for (const model of one !== undefined && "models" in one ? one.models : []) {
            // A route that comes first has the name, even where it does not list it.
            if (
              !models.has(model.name) &&
              table.find((route) => route.matches(model.name))?.matches === matches
            ) {
              models.set(model.name, model);
            }
          }
        }
      }
      return [...models.values()];
    },

    async health(context): Promise<ProviderHealth> {
      const states = await Promise.all(
        providers.map(async (provider) => ({ name: provider.name, ...(await provider.health(context)) })),
      );
      const well = states.filter(({ status }) => status === "connected");
      const message = states
        .map(({ name, status, message: said }) => `${name}: ${status}, ${said}`)
        .join("; ");
      return { status: well.length > 0 ? "connected" : (states[0]?.status ?? "error"), message };
    },

    async [Symbol.asyncDispose]() {
      await Promise.all(providers.map((provider) => provider[Symbol.asyncDispose]?.()));
    },
  };
}

interface Route {
  readonly matches: (name: string) => boolean;
  readonly providers: readonly Provider[];
  /** The longer, the earlier it is asked; a whole name first of all. */
  readonly weight: number;
}

function parseRoutes(routes: Routes): readonly Route[] {
  const table = Object.entries(routes).map(([pattern, some]): Route => {
    const providers: readonly Provider[] = Array.isArray(some) ? some : [some as Provider];
    if (providers.length === 0 || pattern === "" || pattern.slice(0, -1).includes("*")) {
      throw new ForgeError(
        "invalid_options",
        "route(): give each model, or a beginning of names such as gpt-*, at least one provider",
      );
    }
    if (pattern.endsWith("*")) {
      const start = pattern.slice(0, -1);
      return { matches: (name) => name.startsWith(start), providers, weight: start.length };
    }
    const whole = normalizeModelName(pattern);
    return { matches: (name) => name === whole, providers, weight: Number.POSITIVE_INFINITY };
  });
  return table.sort((a, b) => (a.weight === b.weight ? 0 : b.weight - a.weight));
}

/** The context with what is left of its time at that moment. */
function countDown(context: CallContext): () => CallContext {
  const began = systemClock.now();
  return () => ({ ...context, timeLeftMs: Math.max(0, context.timeLeftMs - (systemClock.now() - began)) });
}

/** What the next in line may do better: it has no trouble with its server, or it has the model. */
function mayOthersHelp(error: unknown): boolean {
  return ProviderError.is(error) && (error.retryable || helpful.has(error.code));
}

const helpful: ReadonlySet<string> = new Set(["model_not_found", "unauthorized", "bad_response"]);

async function listQuietly(
  provider: Provider,
  context: QueryContext,
): Promise<{ readonly models: readonly ModelInfo[] } | { readonly error: unknown }> {
  try {
    return { models: await provider.models(context) };
  } catch (error) {
    if (context.signal.aborted) {
      throw error;
    }
    return { error };
  }
}
