import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError } from "./api-error.js";
import type { RunEvent } from "./run-event.js";
import { streamRun } from "./run-stream.js";

describe("the events of a run", () => {
  let answer: (response: ServerResponse) => void;
  let asked = "";
  const server = createServer(async (request, response) => {
    asked = "";
    for await (const chunk of request) asked += chunk;
    answer(response);
  });
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { fetch } = globalThis;
    const { port } = server.address() as AddressInfo;
    // In a browser an address without a host is the page's own.
    vi.stubGlobal("fetch", (path: string, init: RequestInit) =>
      fetch(`http://127.0.0.1:${port}${path}`, init),
    );
  });
  afterAll(() => {
    vi.unstubAllGlobals();
    server.close();
  });
  beforeEach(() => {
    answer = (response) => response.end();
  });

  const events = (...list: readonly Partial<RunEvent>[]) =>
    list.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join("");
  const collect = async (signal = new AbortController().signal) => {
    const seen: string[] = [];
    const request = { source: { plugin: "a b", version: 2 }, input: "x\ny" };
    try {
      for await (const event of streamRun(request, signal)) seen.push(event.type);
    } catch (error) {
      return { seen, error };
    }
    return { seen, error: undefined };
  };

  it("come in order, up to the outcome, whatever comes after", async () => {
    answer = (response) =>
      response.end(
        `: a comment\n\n${events({ type: "queued" }, { type: "stdout" }, { type: "outcome" }, { type: "stdout" })}`,
      );
    expect(await collect()).toEqual({ seen: ["queued", "stdout", "outcome"], error: undefined });
  });

  it("are asked for with the input as it is", async () => {
    answer = (response) => response.end(events({ type: "outcome" }));
    await collect();
    expect(Object.fromEntries(new URLSearchParams(asked))).toEqual({
      plugin_name: "a b",
      version: "2",
      input_data: "x\ny",
    });
  });

  it.each([
    ["ends", (response: ServerResponse) => response.end(events({ type: "started" }))],
    [
      "breaks",
      (response: ServerResponse) => {
        response.write(events({ type: "started" }));
        setImmediate(() => response.destroy());
      },
    ],
    ["says what is no event", (response: ServerResponse) => response.end("data: {\n\n")],
  ])("that nobody sees the end of are an error: the stream %s", async (_, how) => {
    answer = how;
    const { error } = await collect();
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ status: 0, message: expect.stringContaining("was lost") });
  });

  it("are not there when the server says no, and why", async () => {
    answer = (response) =>
      response.writeHead(429, { "retry-after": "7" }).end(JSON.stringify({ detail: "Too many." }));
    expect(await collect()).toMatchObject({
      seen: [],
      error: { status: 429, message: "Too many.", retryAfterSeconds: 7 },
    });
  });

  it("end with the signal, which the server notices", async () => {
    const controller = new AbortController();
    const left = new Promise<void>((resolve) => {
      answer = (response) => {
        response.on("close", resolve);
        response.write(events({ type: "started" }));
        setImmediate(() => controller.abort());
      };
    });
    const { error } = await collect(controller.signal);
    expect(error).toMatchObject({ name: "AbortError" });
    await left;
  });
});
