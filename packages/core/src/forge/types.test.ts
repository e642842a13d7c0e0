/** What TypeScript knows of the public face. These are judged by the compiler; nothing of them needs to run. */
import type { JsonValue } from "@wasmforge/bridge";
import { describe, expectTypeOf, it } from "vitest";
import { z } from "zod";
import type { CompletedOutcome, FailedOutcome, Outcome, StoppedOutcome } from "../run/outcome.js";
import type { RunEvent } from "../run/run-event.js";
import type { createForge as CreateForge } from "./create-forge.js";
import type { Forge } from "./forge.js";

const createForge: typeof CreateForge = () => new Promise(() => {});

describe("the types of a Forge", () => {
  it("follow from its options: each tool gets the arguments of its schema", () => {
    const forge = createForge({
      tools: {
        lookup: {
          description: "",
          input: z.object({ word: z.string(), limit: z.number().default(5) }),
          run(args, { signal, runId }) {
            expectTypeOf(args).toEqualTypeOf<{ word: string; limit: number }>();
            expectTypeOf(signal).toEqualTypeOf<AbortSignal>();
            expectTypeOf(runId).toEqualTypeOf<string>();
          },
        },
        now: { description: "", input: z.object({}), run: () => Date.now() },
      },
      policy: { tools: { lookup: true } },
    });
    expectTypeOf(forge).toEqualTypeOf<Promise<Forge>>();
    expectTypeOf(createForge).toBeCallableWith();
    expectTypeOf(createForge).toBeCallableWith({});
  });

  it("tell outcomes apart by their status", () => {
    const tell = (outcome: Outcome) => {
      switch (outcome.status) {
        case "completed":
          return expectTypeOf(outcome).toEqualTypeOf<CompletedOutcome>();
        case "failed":
          expectTypeOf(outcome.error.line).toEqualTypeOf<number | undefined>();
          return expectTypeOf(outcome).toEqualTypeOf<FailedOutcome>();
        case "stopped":
          expectTypeOf(outcome.reason).toEqualTypeOf<
            "timeout" | "compute" | "memory" | "output" | "aborted" | "crashed"
          >();
          return expectTypeOf(outcome).toEqualTypeOf<StoppedOutcome>();
      }
    };
    expectTypeOf(tell).parameter(0).toEqualTypeOf<Outcome>();
  });

  it("tell events apart by their type", () => {
    const tell = (event: RunEvent) => {
      if (event.type === "stdout") expectTypeOf(event.text).toEqualTypeOf<string>();
      if (event.type === "outcome") expectTypeOf(event.outcome).toEqualTypeOf<Outcome>();
      if (event.type === "output" && event.item.kind === "json") {
        expectTypeOf(event.item.value).toEqualTypeOf<JsonValue>();
      }
      // @ts-expect-error: what a provider or tool threw is kept from events.
      if (event.type === "call_finished") event.result.cause;
      // @ts-expect-error
      if (event.type === "call_denied") event.cause;
    };
    expectTypeOf(tell).parameter(0).toEqualTypeOf<RunEvent>();
    expectTypeOf<ReturnType<Forge["stream"]>>().toEqualTypeOf<AsyncIterable<RunEvent>>();
  });

  it("keep a run's options within what a run can have", () => {
    type Options = NonNullable<Parameters<Forge["run"]>[1]>;
    expectTypeOf<NonNullable<Options["limits"]>>().not.toHaveProperty("memoryMb");
    expectTypeOf<Options["input"]>().toEqualTypeOf<string | Uint8Array | undefined>();
  });
});
