/**
 * What every provider behind the port must do, as tests. An adapter's author writes how to open it, and which situations its
 * server can be brought into; see `docs/guide/providers.md`.
 */
import { answerCases } from "./answer-cases.js";
import type { Cases } from "./cases.js";
import { endingCases } from "./ending-cases.js";
import { failureCases } from "./failure-cases.js";
import { listingCases } from "./listing-cases.js";
import type { OpenedProvider, ProviderUnderTest, Situation } from "./subject.js";
import type { TestTools } from "./test-tools.js";

const groups = {
  "an answer": answerCases,
  "what there is": listingCases,
  "the end of a call": endingCases,
  "what goes wrong": failureCases,
};

export function describeProvider(subject: ProviderUnderTest, { describe, it, expect }: TestTools): void {
  const { lacks = {}, situations = [] } = subject;
  const unknown = new Set(Object.keys(lacks));

  const test = (
    name: string,
    situation: Situation | "well",
    body: (opened: OpenedProvider) => Promise<void>,
  ) => {
    const run = async () => {
      const opened = await subject.open(situation);
      try {
        await body(opened);
      } finally {
        await opened.provider[Symbol.asyncDispose]?.();
        await opened.close();
      }
    };
    const reason = lacks[name];
    unknown.delete(name);
    if (reason === undefined) {
      it(name, run);
    } else {
      it.fails(`${name} (lacking: ${reason})`, run);
    }
  };
  const cases: Cases = {
    expect,
    can: (name, body) => test(name, "well", body),
    survives: (situation, name, body) => {
      if (situations.includes(situation)) {
        test(`a server that is ${phrases[situation]}: ${name}`, situation, body);
      }
    },
  };

  describe(`the provider ${subject.name}`, () => {
    for (const [title, add] of Object.entries(groups)) {
      describe(title, () => add(cases));
    }
    it("lacks nothing that this suite does not ask for", () => {
      expect([...unknown]).toEqual([]);
    });
  });
}

const phrases: Readonly<Record<Situation, string>> = {
  down: "down",
  busy: "busy",
  unauthorized: "asking for another key",
  silent: "silent",
  stalls: "stuck in an answer",
  cut: "ending answers in the middle",
  reset: "resetting connections",
  fails: "failing in an answer",
  malformed: "sending nonsense",
  huge: "sending a line of 100 MB",
  redirects: "redirecting elsewhere",
  endless: "never ending its answer",
};
