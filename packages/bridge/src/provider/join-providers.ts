import { maxTimerMs } from "../timer.js";
import { ModelListing, type Models } from "./model-listing.js";
import type { CallContext, ModelInfo, Provider, ProviderHealth, QueryContext } from "./provider.js";
import { ProviderError } from "./provider-error.js";

export interface JoinProvidersOptions {
  /** For how many milliseconds a provider's list of models is believed. @default 10_000 */
  readonly freshMs?: number;
  /** For how many milliseconds such a list is waited for. @default 3_000 */
  readonly patienceMs?: number;
  /** Milliseconds of a clock that never goes back. @default performance.now */
  readonly now?: () => number;
}

const failedMs = 1_000;

/**
 * Several providers under one roof. A model belongs to the first provider that lists it. One that cannot say what it has
 * hides nothing of the others: while it is away, a model that another one has too is that one's. What nobody lists is for the
 * first that answers to every name.
 */
export function joinProviders(providers: readonly Provider[], options: JoinProvidersOptions = {}): Provider {
  const [only, ...others] = providers;
  if (only && others.length === 0) {
    return only;
  }
  const { freshMs = 10_000, patienceMs = 3_000, now = () => performance.now() } = options;
  const listings = providers.map(
    (provider) => new ModelListing(provider, { freshMs, failedMs, patienceMs, now }),
  );
  /** And what is left of the call's time then. */
  const findOwner = async (model: string, context: CallContext) => {
    const { timeLeftMs } = context;
    const began = now();
    const owner = await withinTime(ownerOf(model, listings, context), timeLeftMs);
    return { ...context, timeLeftMs: Math.max(0, timeLeftMs - (now() - began)), owner };
  };
  return {
    version: 1,
    name: providers.map(({ name }) => name).join("+") || "none",
    ...(providers.some(({ anyModel }) => anyModel) && { anyModel: true }),
    async *generate(request, context) {
      const { owner, ...left } = await findOwner(request.model, context);
      for await (const part of owner.generate(request, left)) {
        yield part.type === "done" ? { provider: owner.name, ...part } : part;
      }
    },
    async embed(request, context) {
      const { owner, ...left } = await findOwner(request.model, context);
      if (!owner.embed) {
        throw new ProviderError("bad_request", "this model's provider has no embeddings");
      }
      return { provider: owner.name, ...(await owner.embed(request, left)) };
    },
    models: (context) => allModels(listings, context),
    health: (context) => allHealth(providers, context),
  };
}

async function ownerOf(
  model: string,
  listings: readonly ModelListing[],
  { signal }: QueryContext,
): Promise<Provider> {
  // All at once: one that is slow holds up the others once, not one after the other.
  const answers = listings.map((listing) => askQuietly(listing));
  const away: unknown[] = [];
  for (const [index, { provider }] of listings.entries()) {
    const answer = await untilAborted(answers[index] as Promise<Answer>, signal);
    if ("models" in answer) {
      if (answer.models.has(model)) return provider;
    } else {
      away.push(answer.error);
    }
  }
  const obliging = listings.find(({ provider }) => provider.anyModel);
  if (obliging) {
    return obliging.provider;
  }
  throw away.length > 0
    ? toAwayError(away)
    : new ProviderError("model_not_found", "no model server here has this model");
}

/** The model may be with any of those who could not say: what passes by itself is hoped for first. */
function toAwayError(errors: readonly unknown[]): ProviderError {
  const known = errors.filter(ProviderError.is);
  return (
    known.find(({ retryable }) => retryable) ??
    known[0] ??
    new ProviderError("unavailable", "the model server that may have this model cannot be reached", {
      cause: errors[0],
    })
  );
}

async function allModels(
  listings: readonly ModelListing[],
  { signal }: QueryContext,
): Promise<readonly ModelInfo[]> {
  const answers = await untilAborted(Promise.all(listings.map(askQuietly)), signal);
  const all = new Map<string, ModelInfo>();
  for (const answer of answers) {
    if (!("models" in answer)) continue;
    for (const [name, model] of answer.models) {
      if (!all.has(name)) all.set(name, model);
    }
  }
  const [first] = answers;
  if (first && "error" in first && answers.every((answer) => "error" in answer)) {
    throw first.error;
  }
  return [...all.values()];
}

async function allHealth(providers: readonly Provider[], context: QueryContext): Promise<ProviderHealth> {
  const all = await Promise.all(providers.map((provider) => provider.health(context)));
  const message = all.map((health, index) => `${providers[index]?.name}: ${health.message}`).join("; ");
  const worst =
    all.find(({ status }) => status === "error") ?? all.find(({ status }) => status === "disconnected");
  return { status: worst?.status ?? "connected", message };
}

type Answer = { readonly models: Models } | { readonly error: unknown };

function askQuietly(listing: ModelListing): Promise<Answer> {
  return listing.models().then(
    (models) => ({ models }),
    (error: unknown) => ({ error }),
  );
}

async function withinTime<T>(work: Promise<T>, timeLeftMs: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    const end = () =>
      reject(new ProviderError("timeout", "the model servers did not say in time which models they have"));
    timer = setTimeout(end, Math.min(timeLeftMs, maxTimerMs));
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(new ProviderError("aborted", "nobody waits for this any more"));
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}
