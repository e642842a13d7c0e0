/**
 * The token that somebody signed in with. It lives in this browser's storage: the pages run no script but their own, and
 * the server wants it in a header, which no other site can make a browser send.
 */
const key = "wasmforge.token";
const listeners = new Set<() => void>();

export function readToken(): string | undefined {
  try {
    return localStorage.getItem(key) ?? undefined;
  } catch {
    return undefined;
  }
}

export function keepToken(token: string | undefined): void {
  try {
    if (token === undefined) localStorage.removeItem(key);
    else localStorage.setItem(key, token);
  } catch {
    // A browser that keeps nothing: whoever uses it stays nobody in particular.
  }
  for (const listener of listeners) listener();
}

export function onTokenChange(listener: () => void): () => void {
  const onStorage = (event: StorageEvent) => {
    if (event.key === key) listener();
  };
  listeners.add(listener);
  addEventListener("storage", onStorage);
  return () => {
    listeners.delete(listener);
    removeEventListener("storage", onStorage);
  };
}
