import { normalizeModelName } from "../policy/model-name.js";
import { callContext } from "./caller.js";
import type { Cases } from "./cases.js";

export function listingCases({ can, expect }: Cases): void {
  can("has a name and a version", async ({ provider }) => {
    expect(provider.version).toBe(1);
    expect(provider.name).toMatch(/^\S+$/);
  });

  can("lists the model that answers, each name once and in the form that policies use", async (opened) => {
    const { provider, model } = opened;
    const models = await provider.models(callContext());
    const names = models.map(({ name }) => name);
    expect(names).toContain(normalizeModelName(model));
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual(names.map(normalizeModelName));
    for (const { kind, available } of models) {
      expect(["text", "code", "vision", "embedding"]).toContain(kind);
      expect(typeof available).toBe("boolean");
    }
  });

  can("says that it is well", async ({ provider, secrets = [] }) => {
    const { status, message } = await provider.health(callContext());
    expect(status).toBe("connected");
    for (const secret of secrets) {
      expect(message).not.toContain(secret);
    }
  });

  can("does not wait for a list or for health when the caller has left", async ({ provider }) => {
    const context = callContext({ signal: AbortSignal.abort() });
    await expect(provider.models(context)).rejects.toMatchObject({ code: "aborted" });
    await expect(provider.health(context)).rejects.toMatchObject({ code: "aborted" });
  });
}
