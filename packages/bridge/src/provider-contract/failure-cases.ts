import { ProviderError, type ProviderErrorCode } from "../provider/provider-error.js";
import { ask, callContext, promptMark, toTold } from "./caller.js";
import type { Cases } from "./cases.js";
import type { OpenedProvider, Situation } from "./subject.js";

/** What a plugin is told; where two codes are right, either. */
const told: readonly (readonly [Situation, readonly ProviderErrorCode[]])[] = [
  ["down", ["unavailable"]],
  ["busy", ["overloaded"]],
  ["unauthorized", ["unauthorized"]],
  ["cut", ["bad_response"]],
  ["reset", ["unavailable", "bad_response"]],
  ["fails", ["unavailable", "bad_response"]],
  ["malformed", ["bad_response"]],
  ["huge", ["bad_response"]],
  ["redirects", ["bad_response"]],
];

export function failureCases({ can, survives, expect }: Cases): void {
  const fails = async (opened: OpenedProvider, asked: Promise<unknown>): Promise<ProviderError> => {
    const error = await asked.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    if (!ProviderError.is(error)) {
      throw new Error(`a provider throws nothing but ProviderError, and this was: ${toTold(error)}`, {
        cause: error,
      });
    }
    for (const secret of [promptMark, ...(opened.secrets ?? []), ...(opened.addresses ?? [])]) {
      expect(error.message).not.toContain(secret);
    }
    return error;
  };

  can("says that it does not have a model, and that asking again is no use", async (opened) => {
    const error = await fails(opened, ask(opened, { model: "nobody-has-this:latest" }));
    expect(error).toMatchObject({ code: "model_not_found", retryable: false });
  });

  for (const [situation, codes] of told) {
    survives(situation, `is told in the right words: ${codes.join(" or ")}`, async (opened) => {
      const { code } = await fails(opened, ask(opened));
      expect(codes).toContain(code);
      await opened.untilFree?.();
    });
  }

  survives("down", "is an answer to the question for health", async ({ provider, secrets = [] }) => {
    const { status, message } = await provider.health(callContext());
    expect(status).not.toBe("connected");
    expect(message).not.toBe("");
    for (const secret of secrets) {
      expect(message).not.toContain(secret);
    }
  });

  survives("down", "is an error when models are listed", async (opened) => {
    const { code } = await fails(opened, opened.provider.models(callContext()));
    expect(code).toBe("unavailable");
  });
}
