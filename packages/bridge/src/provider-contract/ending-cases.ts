import { ProviderError } from "../provider/provider-error.js";
import { ask, callContext, promptMark } from "./caller.js";
import type { Cases } from "./cases.js";

export function endingCases({ can, survives, expect }: Cases): void {
  can("asks nobody when the caller has left already", async (opened) => {
    await expect(ask(opened, {}, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: "aborted",
      retryable: false,
    });
  });

  can("says `timeout` when the run has no time left", async (opened) => {
    await expect(ask(opened, {}, { timeLeftMs: 0 })).rejects.toMatchObject({ code: "timeout" });
  });

  can("lets a caller stop reading, and answers the next one", async (opened) => {
    for await (const _ of opened.provider.generate(
      { model: opened.model, prompt: promptMark },
      callContext(),
    )) {
      break;
    }
    await opened.untilFree?.();
    expect((await ask(opened)).text).not.toBe("");
  });

  can("leaves no listener on a signal that outlives the call", async (opened) => {
    const { signal } = new AbortController();
    const listeners = countListeners(signal);
    await ask(opened, {}, { signal });
    await ask(opened, { model: "nobody-has-this:latest" }, { signal }).catch(() => {});
    for await (const _ of opened.provider.generate(
      { model: opened.model, prompt: promptMark },
      callContext({ signal }),
    )) {
      break;
    }
    await opened.provider.models(callContext({ signal }));
    await opened.provider.health(callContext({ signal }));
    expect(listeners()).toBe(0);
  });

  survives("silent", "ends at once when the caller leaves", async (opened) => {
    const leaving = new AbortController();
    const asked = ask(opened, {}, { signal: leaving.signal });
    const ended = expect(asked).rejects.toMatchObject({ code: "aborted" });
    await opened.untilAsked?.();
    leaving.abort();
    await ended;
    await opened.untilFree?.();
  });

  survives("silent", "ends with `timeout` when the time is over", async (opened) => {
    await expect(ask(opened, {}, { timeLeftMs: 50 })).rejects.toMatchObject({
      code: "timeout",
      retryable: true,
    });
    await opened.untilFree?.();
  });

  survives("stalls", "ends at once when the caller leaves in the midst of an answer", async (opened) => {
    const leaving = new AbortController();
    const asked = askUntilText(opened, leaving);
    await expect(asked).rejects.toMatchObject({ code: "aborted" });
    await opened.untilFree?.();
  });

  survives("stalls", "ends with `timeout` in the midst of an answer", async (opened) => {
    await expect(ask(opened, {}, { timeLeftMs: 200 })).rejects.toMatchObject({ code: "timeout" });
    await opened.untilFree?.();
  });

  survives("endless", "frees the server when a caller has heard enough", async (opened) => {
    let heard = "";
    for await (const part of opened.provider.generate(
      { model: opened.model, prompt: promptMark },
      callContext(),
    )) {
      heard += part.type === "text" ? part.text : "";
      if (heard.length > 10_000) {
        break;
      }
    }
    expect(heard.length).toBeGreaterThan(10_000);
    await opened.untilFree?.();
  });

  can("closes twice without harm, and answers nobody afterwards", async (opened) => {
    const { provider } = opened;
    await ask(opened);
    await provider[Symbol.asyncDispose]?.();
    await provider[Symbol.asyncDispose]?.();
    if (provider[Symbol.asyncDispose] !== undefined) {
      await expect(ask(opened)).rejects.toSatisfy(ProviderError.is);
    }
    await opened.untilClosed?.();
  });

  survives("silent", "ends calls that are under way when it is closed", async (opened) => {
    const asked = ask(opened);
    const ended = expect(asked).rejects.toSatisfy(ProviderError.is);
    await opened.untilAsked?.();
    await opened.provider[Symbol.asyncDispose]?.();
    await ended;
    await opened.untilClosed?.();
  });
}

function countListeners(signal: AbortSignal): () => number {
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
  return () => listeners.size;
}

async function askUntilText(opened: Parameters<typeof ask>[0], leaving: AbortController): Promise<void> {
  const { provider, model } = opened;
  const context = callContext({ signal: leaving.signal });
  for await (const part of provider.generate({ model, prompt: promptMark }, context)) {
    if (part.type === "text") {
      leaving.abort();
    }
  }
}
