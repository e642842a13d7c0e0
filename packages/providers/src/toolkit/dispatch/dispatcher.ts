import { type CallContext, ProviderError } from "@wasmforge/bridge";
import { type CallScope, openCallScope, untilAborted } from "../call-scope.js";
import { type Clock, systemClock } from "../clock.js";
import type { Endpoint } from "../http/endpoint.js";
import { isHostDown } from "../http/failure.js";
import { Admission } from "./admission.js";
import type { Rating } from "./best-host.js";
import { Host, type HostStatus } from "./host.js";
import type { Probe } from "./host-checks.js";
import { HostWatch } from "./host-watch.js";
import type { ResolvedDispatchOptions } from "./options.js";

export interface DispatcherStatus {
  readonly hosts: readonly HostStatus[];
  /** Calls that wait for their turn here. */
  readonly waiting: number;
}

export interface Turn {
  readonly host: Host;
  readonly scope: CallScope;
  /** How long the call has waited here until now. */
  readonly queueMs: number;
}

export interface Task<Part> {
  readonly context: CallContext;
  readonly rate?: (host: Host) => Rating;
  /**
   * What must happen at this host first, and is done for all who need it, such as the loading of a model. The call gives its
   * place to others meanwhile. As long as it goes on `rate` says `later`, and `update` is called when it is over.
   */
  readonly prepare?: (host: Host) => Promise<unknown> | undefined;
  /** One attempt. Once it has given a part, a failure is final. */
  readonly send: (turn: Turn) => AsyncIterable<Part>;
  /** Whether another host may do better with what this one failed at. `rate` must not take this one again. */
  readonly isElsewhere?: (error: unknown, host: Host) => boolean;
  /** What a caller is told where `rate` takes no host. */
  readonly noHost?: () => ProviderError;
}

export interface Dispatcher {
  run<Part>(task: Task<Part>): AsyncGenerator<Part, void, undefined>;
  /**
   * Asks a host for something that is no call, such as its list of models. One that rests is not asked, and what becomes of
   * it counts like a call.
   */
  ask<T>(host: Host, signal: AbortSignal, work: () => Promise<T>): Promise<T>;
  readonly hosts: readonly Host[];
  status(): DispatcherStatus;
  /** The host was found to be there, by whatever means. */
  noteAlive(host: Host): void;
  /** What `rate` says has changed. */
  update(): void;
  /** Whoever waits or is being served ends with `unavailable`. Idempotent. */
  close(): void;
}

export interface DispatcherOptions extends ResolvedDispatchOptions {
  readonly probe: Probe;
  readonly clock?: Clock;
  /** Between 0 and 1: spreads retries, so that callers who failed together do not come back together. */
  readonly random?: () => number;
}

const firstPauseMs = 250;
const longestPauseMs = 5_000;

/** Shares calls out to the hosts of a model server: fairly, a few at a time, again where that can help. */
export function createDispatcher(endpoints: readonly Endpoint[], options: DispatcherOptions): Dispatcher {
  const { clock = systemClock, random = Math.random } = options;
  const hosts = endpoints.map(
    (endpoint) => new Host(endpoint, options.maxParallelPerHost, clock, options.breaker),
  );
  const admission = new Admission(hosts, { maxQueue: options.maxQueue, clock });
  const scopes = new Set<CallScope>();
  let closed: ProviderError | undefined;

  const watch = new HostWatch(options.probe, clock, () => admission.update());

  async function* attempts<Part>(task: Task<Part>, scope: CallScope): AsyncGenerator<Part, void, undefined> {
    const { tenant, plugin } = task.context;
    const { signal } = scope;
    const { rate = () => 0, isElsewhere = () => false } = task;
    const hasHost = () => hosts.some((host) => rate(host) !== undefined);
    let queueMs = 0;
    let again = false;
    for (let failures = 0; ; again = true) {
      if (!hasHost()) {
        throw task.noHost?.() ?? new ProviderError("unavailable", "no model server takes this call");
      }
      const lease = await admission.enter({ tenant, plugin, signal, rate, again });
      const { host } = lease;
      queueMs += lease.waitedMs;
      let isPrepared = true;
      let begun = false;
      const work = async function* () {
        const preparing = task.prepare?.(host);
        if (preparing === undefined) {
          yield* task.send({ host, scope, queueMs });
        } else {
          isPrepared = false;
          lease.decline();
          const began = clock.now();
          await untilAborted(preparing, signal);
          queueMs += clock.now() - began;
        }
      };
      try {
        for await (const part of watch.observe(host, signal, work)) {
          begun = true;
          yield part;
        }
        if (isPrepared) {
          return;
        }
      } catch (error) {
        failures += 1;
        if (begun || signal.aborted || failures >= options.maxAttempts + hosts.length) {
          throw error;
        }
        if (isElsewhere(error, host)) {
          if (!hasHost()) {
            throw error;
          }
        } else if (failures < options.maxAttempts && mayPass(error)) {
          host.pause(pauseMs(failures, error, random));
        } else {
          throw error;
        }
      } finally {
        lease.release();
      }
    }
  }

  return {
    hosts,
    async *run(task) {
      if (closed !== undefined) {
        throw closed;
      }
      const scope = openCallScope(task.context, clock, options.callTimeoutMs);
      scopes.add(scope);
      try {
        yield* attempts(task, scope);
      } finally {
        scopes.delete(scope);
        scope.close();
      }
    },
    ask: (host, signal, work) => watch.ask(host, signal, work),
    noteAlive: (host) => watch.noteAlive(host),
    update: () => admission.update(),
    status: () => ({ hosts: hosts.map((host) => host.status()), waiting: admission.waiting }),
    close: () => {
      closed ??= new ProviderError("unavailable", "the provider was closed");
      admission.close(closed);
      watch.close(closed);
      for (const scope of scopes) {
        scope.abort(closed);
      }
    },
  };
}

/** Errors that can pass within moments: no room, or nobody there. Others would only cost the server the same again. */
function mayPass(error: unknown): boolean {
  return isHostDown(error) || (ProviderError.is(error) && error.code === "overloaded");
}

/** Longer each time, and never quite the same. */
function pauseMs(attempt: number, error: unknown, random: () => number): number {
  const asked = ProviderError.is(error) ? error.retryAfterMs : undefined;
  const most = Math.min(firstPauseMs * 2 ** (attempt - 1), longestPauseMs);
  return asked ?? most / 2 + (most / 2) * random();
}
