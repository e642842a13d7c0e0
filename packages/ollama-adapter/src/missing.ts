import type { Clock, Host } from "@wasmforge/providers/toolkit";

const rememberMs = 10_000;
const mostRemembered = 10_000;

/** Which host was found not to have which model, for a moment: long enough to ask the others first. */
export class Missing {
  readonly #clock: Clock;
  readonly #until = new Map<Host, Map<string, number>>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  add(host: Host, model: string): void {
    const models = this.#until.get(host);
    if (models === undefined || models.size >= mostRemembered) {
      this.#until.set(host, new Map([[model, this.#clock.now() + rememberMs]]));
    } else {
      models.set(model, this.#clock.now() + rememberMs);
    }
  }

  has(host: Host, model: string): boolean {
    return (this.#until.get(host)?.get(model) ?? 0) > this.#clock.now();
  }

  forget(): void {
    this.#until.clear();
  }
}
