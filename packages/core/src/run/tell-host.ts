/** Tells a listener of the host app's. What it throws, at once or later, is ignored: telling of a fault must not make another. */
export function tellHost<T>(listener: (told: T) => unknown, told: T): void {
  void (async () => listener(told))().catch(() => {});
}
