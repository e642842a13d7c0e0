import { normalizeModelName } from "../policy/model-name.js";
import type { ModelInfo, Provider, QueryContext } from "../provider/provider.js";
import { CallError } from "./call-error.js";
import type { CallScope } from "./call-scope.js";

/**
 * The models that a run may call: those of its policy that the provider has. Where the provider cannot say what it has,
 * all of its policy's: which of them are there is then found out by calling, and answered with what is wrong.
 */
export async function listModels(
  allowed: readonly string[],
  provider: Provider | undefined,
  scope: CallScope,
): Promise<readonly string[]> {
  if (provider === undefined || allowed.length === 0) {
    return [];
  }
  if (provider.anyModel) {
    return allowed;
  }
  try {
    const context: QueryContext = {
      get signal() {
        return scope.signal;
      },
    };
    const models = await scope.race(provider.models(context));
    const there = new Set(models.filter(isThere).map(({ name }) => normalizeModelName(name)));
    return allowed.filter((name) => there.has(name));
  } catch {
    // For a provider that is still at it.
    scope.end(new CallError("timeout", "the list of models was not there in time"));
    return allowed;
  }
}

function isThere(model: ModelInfo): boolean {
  return typeof model.name === "string" && model.available !== false;
}
