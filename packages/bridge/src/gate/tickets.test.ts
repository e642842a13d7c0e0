import { afterEach, describe, expect, it, vi } from "vitest";
import type { GeneratePart, Provider } from "../provider/provider.js";
import {
  type Answer,
  createGateway,
  createLab,
  done,
  type Gateway,
  providerOf,
  untilAborted,
} from "../test/gate-lab.js";

afterEach(() => {
  vi.useRealTimers();
});

interface News {
  readonly ticket: number;
  readonly text?: string;
  readonly done?: true;
  readonly ok?: unknown;
  readonly error?: { readonly code: string; readonly message: string };
}

function newsIn(answer: Answer): News[] {
  if (!("ok" in answer)) throw new Error(`no news: ${JSON.stringify(answer)}`);
  return answer.ok as unknown as News[];
}

const begin = (prompt = "p", stream?: boolean) => ({
  call: { op: "call_ai", model: "m", prompt },
  ...(stream !== undefined && { stream }),
});

/** Says each piece when its gateway opens. The prompt says which list of pieces. */
function pieces(scripts: Record<string, readonly (readonly [Gateway, string])[]>): Provider {
  return providerOf(async function* (_, prompt) {
    for (const [gateway, text] of scripts[prompt] ?? []) {
      await gateway.opened;
      yield { type: "text", text };
    }
    yield done;
  });
}

describe("a call that is answered later", () => {
  it("gives a ticket at once, and its answer when it is there", async () => {
    const gateway = createGateway();
    const { call } = createLab({ provider: pieces({ p: [[gateway, "fine"]] }) });
    expect(await call("begin", begin())).toEqual({ ok: 1 });
    expect(await call("begin", begin("other"))).toEqual({ ok: 2 });
    expect(await call("next", { tickets: [1], timeout_ms: 0 })).toEqual({ ok: [] });
    const news = call("next", { tickets: [1] });
    gateway.open();
    expect(await news).toEqual({ ok: [{ ticket: 1, done: true, ok: "fine" }] });
    expect(await call("next", { tickets: [2] })).toEqual({ ok: [{ ticket: 2, done: true, ok: "" }] });
  });

  it("may be an embedding or a tool's", async () => {
    const tools = {
      list: () => [{ name: "t", description: "", inputSchema: {} }],
      call: async () => ({ a: 1 }),
    };
    const { call } = createLab({ tools });
    await call("begin", { call: { op: "embed", model: "m", texts: ["a"] } });
    await call("begin", { call: { op: "call_tool", name: "t", arguments: {} }, stream: true });
    const news = [
      ...newsIn(await call("next", { tickets: [1] })),
      ...newsIn(await call("next", { tickets: [2] })),
    ];
    expect(news).toEqual([
      { ticket: 1, done: true, ok: [expect.any(Array)] },
      { ticket: 2, done: true, ok: { a: 1 } },
    ]);
  });

  it("is denied when it begins, and then has no ticket", async () => {
    const { call } = createLab();
    const denied = { call: { op: "call_ai", model: "x", prompt: "p" } };
    expect(await call("begin", denied)).toMatchObject({ error: { code: "model_not_allowed" } });
    expect(await call("next", { tickets: [1] })).toMatchObject({ error: { code: "unknown_ticket" } });
  });

  it("tells how it failed as news", async () => {
    const provider = providerOf(() => {
      throw new Error("secret");
    });
    const { call } = createLab({ provider });
    await call("begin", begin());
    const answer = await call("next", { tickets: [1] });
    expect(newsIn(answer)).toMatchObject([{ ticket: 1, done: true, error: { code: "provider_failed" } }]);
    expect(JSON.stringify(answer)).not.toContain("secret");
  });

  it("tells its end once", async () => {
    const { call } = createLab();
    await call("begin", begin());
    await call("next", { tickets: [1] });
    expect(await call("next", { tickets: [1] })).toMatchObject({ error: { code: "unknown_ticket" } });
  });

  it.each([[[2]], [[1, 2]], [[9_007_199_254_740_991]]])(
    "is not asked about together with a ticket that never was: %j",
    async (tickets) => {
      const { call } = createLab();
      await call("begin", begin());
      expect(await call("next", { tickets })).toMatchObject({ error: { code: "unknown_ticket" } });
      expect(newsIn(await call("next", { tickets: [1] }))).toHaveLength(1);
    },
  );

  it("may be asked about twice in one breath, and is told once", async () => {
    const { call } = createLab();
    await call("begin", begin());
    expect(newsIn(await call("next", { tickets: [1, 1, 1] }))).toHaveLength(1);
  });

  it("wakes only whoever asked about it", async () => {
    const [one, two] = [createGateway(), createGateway()];
    const { call } = createLab({ provider: pieces({ one: [[one, "1"]], two: [[two, "2"]] }) });
    await call("begin", begin("one"));
    await call("begin", begin("two"));
    let isAnswered = false;
    const ofOne = call("next", { tickets: [1] }).then((answer) => {
      isAnswered = true;
      return answer;
    });
    two.open();
    expect(newsIn(await call("next", { tickets: [2] }))).toEqual([{ ticket: 2, done: true, ok: "2" }]);
    expect(isAnswered).toBe(false);
    one.open();
    expect(newsIn(await ofOne)).toEqual([{ ticket: 1, done: true, ok: "1" }]);
  });

  it("is asked about in vain for as long as the guest says, and no longer than the run", async () => {
    vi.useFakeTimers();
    const provider = providerOf(async function* () {
      await new Promise(() => {});
      yield done;
    });
    const { call, gate } = createLab({
      provider,
      limits: { wallTimeMs: 60_000 },
      now: () => Date.now() - startedAt,
    });
    const startedAt = Date.now();
    await call("begin", begin());
    const patient = call("next", { tickets: [1], timeout_ms: 500 });
    await vi.advanceTimersByTimeAsync(500);
    expect(await patient).toEqual({ ok: [] });
    const endless = call("next", { tickets: [1], timeout_ms: 1e300 });
    await vi.advanceTimersByTimeAsync(60_000);
    // The run's deadline ends the call, and that is news.
    expect(newsIn(await endless)).toMatchObject([{ done: true, error: { code: "timeout" } }]);
    gate.close();
    expect(vi.getTimerCount()).toBe(0);
  });

  it("takes its turn among the calls of its run", async () => {
    const gateway = createGateway();
    const asked: string[] = [];
    const provider = providerOf(async function* (_, prompt) {
      asked.push(prompt);
      await gateway.opened;
      yield done;
    });
    const { call } = createLab({ provider, policy: { maxParallelCalls: 2 } });
    for (const prompt of ["a", "b", "c"]) await call("begin", begin(prompt));
    expect(asked).toEqual(["a", "b"]);
    gateway.open();
    await call("next", { tickets: [3] });
    expect(asked).toEqual(["a", "b", "c"]);
  });
});

describe("a call whose text is wanted as it comes", () => {
  it("tells its text piece by piece, and at its end nothing again", async () => {
    const [one, two] = [createGateway(), createGateway()];
    const { call } = createLab({
      provider: pieces({
        p: [
          [one, "one "],
          [two, "two"],
        ],
      }),
    });
    await call("begin", begin("p", true));
    one.open();
    expect(newsIn(await call("next", { tickets: [1] }))).toEqual([{ ticket: 1, text: "one " }]);
    two.open();
    const rest: News[] = [];
    while (!rest.at(-1)?.done) rest.push(...newsIn(await call("next", { tickets: [1] })));
    expect(rest.map(({ text }) => text ?? "").join("")).toBe("two");
    expect(rest.at(-1)).toMatchObject({ ticket: 1, done: true, ok: null });
  });

  it("joins what came while the guest was busy", async () => {
    const { call, eventsOf } = createLab({
      provider: providerOf(async function* () {
        for (let index = 0; index < 1_000; index++) yield { type: "text", text: `${index},` };
        yield done;
      }),
    });
    await call("begin", begin("p", true));
    await vi.waitFor(() => expect(eventsOf("call_finished")).toHaveLength(1));
    const all = Array.from({ length: 1_000 }, (_, index) => `${index},`).join("");
    expect(await call("next", { tickets: [1] })).toEqual({
      ok: [{ ticket: 1, text: all, done: true, ok: null }],
    });
  });

  it("tells what came before it failed, and then how it failed", async () => {
    const provider = providerOf(async function* () {
      yield { type: "text", text: "some" };
      throw new Error("no");
    });
    const { call } = createLab({ provider });
    await call("begin", begin("p", true));
    const news: News[] = [];
    while (!news.at(-1)?.done) news.push(...newsIn(await call("next", { tickets: [1] })));
    expect(news.map(({ text }) => text ?? "").join("")).toBe("some");
    expect(news.at(-1)).toMatchObject({ done: true, error: { code: "provider_failed" } });
  });

  it("never cuts a character in two", async () => {
    const [one, two] = [createGateway(), createGateway()];
    const { call } = createLab({
      provider: pieces({
        p: [
          [one, "a\ud83d"],
          [two, "\ude00b\ud83d"],
        ],
      }),
    });
    await call("begin", begin("p", true));
    one.open();
    expect(newsIn(await call("next", { tickets: [1] }))).toEqual([{ ticket: 1, text: "a" }]);
    two.open();
    const rest: News[] = [];
    while (!rest.at(-1)?.done) rest.push(...newsIn(await call("next", { tickets: [1] })));
    expect(rest.map(({ text }) => text ?? "").join("")).toBe("😀b\ud83d");
    expect(rest[0]?.text?.startsWith("😀")).toBe(true);
  });

  it("comes in as many replies as it takes, each no larger than a reply may be", async () => {
    const whole = "\u0000é😀".repeat(20_000);
    const provider = providerOf(async function* () {
      yield { type: "text", text: whole };
      yield done;
    });
    const { call, gate } = createLab({ provider, limits: { replyBytes: 100_000 } });
    await call("begin", begin("p", true));
    let text = "";
    for (let isDone = false; !isDone; ) {
      const answer = await gate.serve("next", new TextEncoder().encode('{"tickets":[1]}'));
      if ("stop" in answer) throw new Error("stopped");
      expect(answer.reply.length).toBeLessThanOrEqual(100_000);
      const [news] = JSON.parse(new TextDecoder().decode(answer.reply)).ok as News[];
      text += news?.text ?? "";
      isDone = news?.done ?? false;
    }
    expect(text === whole).toBe(true);
  });

  it("holds the provider back while nobody reads, and lets it go on when somebody does", async () => {
    let said = 0;
    const provider = providerOf(async function* () {
      for (; said < 30; said++) yield { type: "text", text: "x".repeat(100_000) };
      yield done;
    });
    const { call, eventsOf } = createLab({ provider });
    await call("begin", begin("p", true));
    await vi.waitFor(() => expect(said).toBe(2));
    // Held back: nothing more comes, however often others have their turn.
    for (let turn = 0; turn < 1_000; turn++) await Promise.resolve();
    expect(said).toBe(2);
    let length = 0;
    for (let isDone = false; !isDone; ) {
      for (const news of newsIn(await call("next", { tickets: [1] }))) {
        length += news.text?.length ?? 0;
        isDone = news.done ?? false;
      }
    }
    expect(length).toBe(3_000_000);
    expect(eventsOf("call_finished")).toMatchObject([{ result: { ok: true } }]);
  });
});

describe("what waits to be fetched", () => {
  it("has a limit, and what goes over it fails", async () => {
    const provider = providerOf(async function* () {
      yield { type: "text", text: "x".repeat(400_000) };
      yield done;
    });
    const { call, eventsOf } = createLab({
      provider,
      limits: { heldBytes: 1_000_000 },
      policy: { maxTokens: 1_000_000 },
    });
    for (let turn = 0; turn < 4; turn++) await call("begin", begin());
    await vi.waitFor(() => expect(eventsOf("call_finished")).toHaveLength(4));
    const news = newsIn(await call("next", { tickets: [1, 2, 3, 4] }));
    expect(news.map(({ ok, error }) => error?.code ?? (ok as string).length)).toEqual([
      400_000,
      400_000,
      "reply_too_large",
      "reply_too_large",
    ]);
    await call("begin", begin());
    expect(newsIn(await call("next", { tickets: [5] }))).toMatchObject([{ ok: expect.any(String) }]);
  });

  it("comes with several replies where it does not fit into one", async () => {
    const provider = providerOf(async function* () {
      yield { type: "text", text: "x".repeat(60_000) };
      yield done;
    });
    const { call, eventsOf } = createLab({ provider, limits: { replyBytes: 100_000 } });
    for (let turn = 0; turn < 3; turn++) await call("begin", begin());
    await vi.waitFor(() => expect(eventsOf("call_finished")).toHaveLength(3));
    const order: number[] = [];
    const waiting = new Set([1, 2, 3]);
    while (waiting.size > 0) {
      const news = newsIn(await call("next", { tickets: [...waiting] }));
      expect(news).toHaveLength(1);
      for (const { ticket } of news) {
        order.push(ticket);
        waiting.delete(ticket);
      }
    }
    expect(order).toEqual([1, 2, 3]);
  });

  it("is never an answer that could not be told", async () => {
    for (const length of [99_800, 99_900, 99_980, 100_000]) {
      const provider = providerOf(async function* () {
        yield { type: "text", text: "x".repeat(length) };
        yield done;
      });
      const { call } = createLab({ provider, limits: { replyBytes: 100_000 } });
      await call("begin", begin());
      expect(newsIn(await call("next", { tickets: [1] }))).toMatchObject([{ ticket: 1, done: true }]);
    }
  });

  it("is of a thousand calls at most", async () => {
    const provider = providerOf(async function* () {
      await new Promise(() => {});
      yield done;
    });
    const { call, gate } = createLab({ provider, policy: { maxCalls: 5_000, maxTokens: 1_000_000 } });
    for (let turn = 1; turn <= 1_000; turn++) expect(await call("begin", begin())).toEqual({ ok: turn });
    expect(await call("begin", begin())).toMatchObject({ error: { code: "too_many_tickets" } });
    await call("cancel", { ticket: 500 });
    expect(await call("begin", begin())).toEqual({ ok: 1_001 });
    gate.close();
  });
});

describe("a call that is cancelled", () => {
  it("ends at the provider, is told as such, and has no ticket any more", async () => {
    const signals: AbortSignal[] = [];
    const gateway = createGateway();
    const provider = providerOf(async function* ({ signal }) {
      signals.push(signal);
      gateway.open();
      await untilAborted(signal);
      yield done;
    });
    const { call, eventsOf } = createLab({ provider });
    await call("begin", begin());
    await gateway.opened;
    expect(await call("cancel", { ticket: 1 })).toEqual({ ok: null });
    expect(signals[0]?.aborted).toBe(true);
    expect(eventsOf("call_finished")).toMatchObject([{ result: { ok: false, code: "cancelled" } }]);
    expect(await call("next", { tickets: [1] })).toMatchObject({ error: { code: "unknown_ticket" } });
  });

  it("leaves its place to the next, and the queue when it waits there", async () => {
    const asked: string[] = [];
    const provider = providerOf(async function* ({ signal }, prompt) {
      asked.push(prompt);
      await untilAborted(signal);
      yield done;
    });
    const { call, gate } = createLab({ provider, policy: { maxParallelCalls: 1 } });
    for (const prompt of ["a", "b", "c"]) await call("begin", begin(prompt));
    await call("cancel", { ticket: 2 });
    await call("cancel", { ticket: 1 });
    await vi.waitFor(() => expect(asked).toEqual(["a", "c"]));
    gate.close();
  });

  it("may be cancelled again, and after its end, and never before it was begun", async () => {
    const { call, gate } = createLab();
    await call("begin", begin());
    await call("next", { tickets: [1] });
    expect(await call("cancel", { ticket: 1 })).toEqual({ ok: null });
    await call("begin", begin());
    expect(await call("cancel", { ticket: 2 })).toEqual({ ok: null });
    expect(await call("cancel", { ticket: 2 })).toEqual({ ok: null });
    expect(await call("cancel", { ticket: 3 })).toMatchObject({ error: { code: "unknown_ticket" } });
    gate.close();
  });

  it("while it is held back is let go", async () => {
    let isFreed = false;
    const provider = providerOf(async function* () {
      try {
        for (;;) yield { type: "text", text: "x".repeat(300_000) };
      } finally {
        isFreed = true;
      }
    });
    const { call, gate } = createLab({ provider });
    await call("begin", begin("p", true));
    await call("next", { tickets: [1] });
    await call("cancel", { ticket: 1 });
    await vi.waitFor(() => expect(isFreed).toBe(true));
    gate.close();
  });
});

describe("a lying seat", () => {
  it("that asks twice at the same time gets the news once, and an empty list for the other", async () => {
    const gateway = createGateway();
    const { call } = createLab({ provider: pieces({ p: [[gateway, "fine"]] }) });
    await call("begin", begin());
    const both = [
      call("next", { tickets: [1], timeout_ms: 20 }),
      call("next", { tickets: [1], timeout_ms: 20 }),
    ];
    gateway.open();
    const news = (await Promise.all(both)).map(newsIn);
    expect(news.flat()).toEqual([{ ticket: 1, done: true, ok: "fine" }]);
  });

  it("that asks in vain without waiting is slowed down once its free calls are spent", async () => {
    vi.useFakeTimers();
    const provider = providerOf(async function* () {
      await new Promise(() => {});
      yield done satisfies GeneratePart;
    });
    const { call, gate } = createLab({ provider, policy: { maxFreeCalls: 50 } });
    await call("begin", begin());
    for (let turn = 0; turn < 50; turn++) await call("next", { tickets: [1], timeout_ms: 0 });
    let isAnswered = false;
    const answer = call("next", { tickets: [1], timeout_ms: 0 }).then((news) => {
      isAnswered = true;
      return news;
    });
    await vi.advanceTimersByTimeAsync(0);
    expect(isAnswered).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(await answer).toEqual({ ok: [] });
    gate.close();
  });
});

it("begun calls leave no timer behind", async () => {
  vi.useFakeTimers();
  const { call, gate } = createLab();
  await call("begin", begin("p", true));
  await call("begin", begin());
  await call("begin", begin());
  await call("next", { tickets: [1, 2] });
  await call("cancel", { ticket: 3 });
  gate.close();
  expect(vi.getTimerCount()).toBe(0);
});
