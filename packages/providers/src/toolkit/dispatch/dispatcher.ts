import { type CallContext, ProviderError } from "@wasmforge/bridge";
import { type CallScope, openCallScope } from "../call-scope.js";
import { type Clock, systemClock } from "../clock.js";
import type { Endpoint } from "../http/endpoint.js";
import { isHostDown } from "../http/failure.js";
import { Admission } from "./admission.js";
import { Host, type HostStatus } from "./host.js";
import { HostChecks, type Probe } from "./host-checks.js";
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
  /** So much of its time the call waited for what everybody needs, such as a model that is loaded: it is not its tenant's. */
  excuse(ms: number): void;
}

export interface Task<Part> {
  readonly context: CallContext;
  /** How gladly the call goes to this host: the lower the better, `undefined` for not at all. */
  readonly rate?: (host: Host) => number | undefined;
  /** One attempt. Once it has given a part, a failure is final. */
  readonly send: (turn: Turn) => AsyncIterable<Part>;
  /** Whether another host may do better with what this one failed at. `rate` must not take this one again. */
  readonly isElsewhere?: (error: unknown, host: Host) => boolean;
  /** What a caller is told where `rate` takes no host. */
  readonly noHost?: () => ProviderError;
}

export interface Dispatcher {
  run<Part>(task: Task<Part>): AsyncGenerator<Part, void, undefined>;
  readonly hosts: readonly Host[];
  status(): DispatcherStatus;
  /** The host was found to be there, by whatever means. */
  noteAlive(host: Host): void;
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
  const checks = new HostChecks(options.probe, clock);
  const scopes = new Set<CallScope>();
  let closed: ProviderError | undefined;

  /** What an attempt showed about its host. */
  const learn = ({ breaker }: Host, shown: "there" | "down" | "nothing") => {
    if (shown === "there") {
      breaker.succeed();
    } else if (shown === "down") {
      breaker.fail();
    } else {
      breaker.abandon();
    }
  };

  const suspect = (host: Host) =>
    checks.after(host, (isThere) => {
      if (!isThere && closed === undefined) {
        host.breaker.trip();
        admission.update();
      }
    });

  async function* attempt<Part>(task: Task<Part>, turn: Turn): AsyncGenerator<Part, void, undefined> {
    const { host, scope } = turn;
    let shown: "there" | "down" | "nothing" = "nothing";
    try {
      if (host.breaker.state === "trial") {
        await checks.before(host, scope.signal);
        host.breaker.succeed();
        admission.update();
      }
      for await (const part of task.send(turn)) {
        shown = "there";
        yield part;
      }
      shown = "there";
    } catch (error) {
      if (isHostDown(error)) {
        shown = "down";
      } else if (isOfServer(error)) {
        shown = "there";
      } else if (shown === "nothing" && isTimeout(error)) {
        suspect(host);
      }
      throw error;
    } finally {
      learn(host, shown);
    }
  }

  async function* attempts<Part>(task: Task<Part>, scope: CallScope): AsyncGenerator<Part, void, undefined> {
    const { tenant, plugin } = task.context;
    const { rate = () => 0, isElsewhere = () => false } = task;
    const hasHost = () => hosts.some((host) => rate(host) !== undefined);
    let queueMs = 0;
    for (let count = 1; ; count++) {
      if (!hasHost()) {
        throw task.noHost?.() ?? new ProviderError("unavailable", "no model server takes this call");
      }
      const lease = await admission.enter({ tenant, plugin, signal: scope.signal, rate, again: count > 1 });
      queueMs += lease.waitedMs;
      let begun = false;
      try {
        for await (const part of attempt(task, { ...lease, scope, queueMs })) {
          begun = true;
          yield part;
        }
        return;
      } catch (error) {
        if (begun || scope.signal.aborted || count >= options.maxAttempts + hosts.length) {
          throw error;
        }
        if (isElsewhere(error, lease.host)) {
          if (!hasHost()) {
            throw error;
          }
        } else if (count < options.maxAttempts && mayPass(error)) {
          lease.host.pause(pauseMs(count, error, random));
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
    noteAlive: (host) => {
      host.breaker.succeed();
      admission.update();
    },
    status: () => ({ hosts: hosts.map((host) => host.status()), waiting: admission.waiting }),
    close: () => {
      closed ??= new ProviderError("unavailable", "the provider was closed");
      admission.close(closed);
      checks.close(closed);
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

/** Whether it is the server's own answer. */
function isOfServer(error: unknown): boolean {
  return ProviderError.is(error) && error.code !== "aborted" && !isTimeout(error);
}

function isTimeout(error: unknown): boolean {
  return ProviderError.is(error) && error.code === "timeout";
}

/** Longer each time, and never quite the same. */
function pauseMs(attempt: number, error: unknown, random: () => number): number {
  const asked = ProviderError.is(error) ? error.retryAfterMs : undefined;
  const most = Math.min(firstPauseMs * 2 ** (attempt - 1), longestPauseMs);
  return asked ?? most / 2 + (most / 2) * random();
}
