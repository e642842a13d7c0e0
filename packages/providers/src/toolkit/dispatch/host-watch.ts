import { ProviderError } from "@wasmforge/bridge";
import type { Clock } from "../clock.js";
import { isHostDown } from "../http/failure.js";
import type { Host } from "./host.js";
import { HostChecks, type Probe } from "./host-checks.js";
import { toDeadError } from "./waiting-errors.js";

/** What became of something shows of its host: that it is there, that it may not be, that it certainly is not, or nothing. */
type Shown = "there" | "failed" | "gone" | "nothing";

/** Learns from everything that is done at a host whether it is there, and keeps its breaker. */
export class HostWatch {
  readonly #checks: HostChecks;
  readonly #onChange: () => void;
  #isClosed = false;

  /** `onChange` is called when a host may be of use again, or is of none any more. */
  constructor(probe: Probe, clock: Clock, onChange: () => void) {
    this.#onChange = onChange;
    this.#checks = new HostChecks(probe, clock, (host, isThere) => {
      if (!this.#isClosed) {
        learn(host, isThere ? "there" : "gone");
        onChange();
      }
    });
  }

  /** Does this at a host that was chosen. One that was dead is first asked whether it is back. */
  async *observe<Part>(
    host: Host,
    signal: AbortSignal,
    work: () => AsyncIterable<Part>,
  ): AsyncGenerator<Part, void, undefined> {
    let shown: Shown = "nothing";
    try {
      if (host.breaker.state === "trial") {
        await this.#checks.before(host, signal);
      }
      for await (const part of work()) {
        shown = "there";
        yield part;
      }
      shown = "there";
    } catch (error) {
      if (isHostDown(error)) {
        shown = "failed";
      } else if (isOfServer(error)) {
        shown = "there";
      } else if (shown === "nothing" && isTimeout(error)) {
        this.#checks.after(host);
      }
      throw error;
    } finally {
      learn(host, shown);
    }
  }

  /** Does this at a host that nobody chose, unless it rests. */
  async ask<T>(host: Host, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    if (!host.breaker.admits) {
      throw toDeadError([host]);
    }
    host.breaker.begin();
    try {
      return await only(this.observe(host, signal, () => one(work)));
    } finally {
      this.#onChange();
    }
  }

  noteAlive(host: Host): void {
    learn(host, "there");
    this.#onChange();
  }

  close(error: ProviderError): void {
    this.#isClosed = true;
    this.#checks.close(error);
  }
}

function learn({ breaker }: Host, shown: Shown): void {
  switch (shown) {
    case "there":
      breaker.succeed();
      break;
    case "failed":
      breaker.fail();
      break;
    case "gone":
      breaker.trip();
      break;
    case "nothing":
      breaker.abandon();
  }
}

async function* one<T>(work: () => Promise<T>): AsyncGenerator<T, void, undefined> {
  yield await work();
}

async function only<T>(values: AsyncIterable<T>): Promise<T> {
  for await (const value of values) {
    return value;
  }
  throw new ProviderError("bad_response", "the model server gave no answer");
}

/** Whether it is the server's own answer. */
function isOfServer(error: unknown): boolean {
  return ProviderError.is(error) && error.code !== "aborted" && !isTimeout(error);
}

function isTimeout(error: unknown): boolean {
  return ProviderError.is(error) && error.code === "timeout";
}
