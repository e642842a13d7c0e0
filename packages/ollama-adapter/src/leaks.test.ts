import type { CallContext } from "@wasmforge/bridge";
import type { OpenedProvider, Situation } from "@wasmforge/bridge/provider-contract";
import { expect, it } from "vitest";
import { openOllama } from "./test/opened-server.js";

/** What this process holds: sockets, servers, name look-ups, timers. */
function held(): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const name of process.getActiveResourcesInfo()) {
    if (/^(?:TCP|TLS|Pipe|GetAddrInfo|Timeout)/.test(name)) {
      counts[name] = (counts[name] ?? 0) + 1;
    }
  }
  return counts;
}

/** A signal that knows how many listen to it. */
function countedSignal() {
  const controller = new AbortController();
  const { signal } = controller;
  const listeners = new Set<unknown>();
  const { addEventListener, removeEventListener } = signal;
  signal.addEventListener = (...args: Parameters<typeof addEventListener>) => {
    listeners.add(args[1]);
    addEventListener.apply(signal, args);
  };
  signal.removeEventListener = (...args: Parameters<typeof removeEventListener>) => {
    listeners.delete(args[1]);
    removeEventListener.apply(signal, args);
  };
  return { controller, listeners };
}

/** Asks in every way, and leaves early where that is a way. */
async function use({ provider, model, embeddingModel = "" }: OpenedProvider, context: CallContext) {
  const generate = async (leaveAfter: number) => {
    for await (const _ of provider.generate({ model, prompt: "hi" }, context)) {
      leaveAfter -= 1;
      if (leaveAfter < 0) return;
    }
  };
  await Promise.allSettled([
    generate(0),
    generate(1),
    generate(2),
    provider.embed?.({ model: embeddingModel, texts: ["a"] }, context),
    provider.models(context),
    provider.health(context),
  ]);
}

const situations: readonly (Situation | "well")[] = [
  "well",
  "down",
  "busy",
  "unauthorized",
  "silent",
  "stalls",
  "cut",
  "reset",
  "fails",
  "malformed",
  "redirects",
  "endless",
];

it.each(situations)(
  "leaves no socket, timer or listener behind, with a server that is: %s",
  async (situation) => {
    const before = held();
    const opened = await openOllama(situation, { maxAttempts: 3 });
    const { controller, listeners } = countedSignal();
    const context = { runId: "run", plugin: "plugin", tenant: "tenant" };
    // In the same breath some leave and others run out of time.
    const leaving = new AbortController();
    const users = [
      use(opened, { ...context, signal: controller.signal, timeLeftMs: 300 }),
      use(opened, { ...context, signal: leaving.signal, timeLeftMs: 60_000 }),
    ];
    setTimeout(() => leaving.abort(), 100);
    await Promise.all(users);
    expect(listeners.size).toBe(0);
    await opened.provider[Symbol.asyncDispose]?.();
    await opened.untilClosed?.();
    await opened.close();
    // A closed socket leaves the list in a later turn of the event loop.
    await expect.poll(held).toEqual(before);
  },
);
