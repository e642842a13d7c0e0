import { once } from "node:events";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { createModelServer, type ModelServer } from "@wasmforge/model-server";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { HttpFailure } from "../http/failure.js";
import type { HttpResponse, HttpTransport } from "../http/transport.js";
import { nodeTransport } from "./node-transport.js";

let server: ModelServer;
let transport: HttpTransport;
const { signal } = new AbortController();

beforeEach(async () => {
  server = await createModelServer();
  transport = nodeTransport();
});
afterEach(async () => {
  await transport[Symbol.asyncDispose]();
  await server.close();
});

const get = (path: string, options: { url?: string; signal?: AbortSignal } = {}) =>
  transport.send({ method: "GET", url: (options.url ?? server.url) + path, headers: {}, signal, ...options });
const chat = (abort: AbortSignal = signal) =>
  transport.send({
    method: "POST",
    url: `${server.url}/api/chat`,
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ model: "llama3.2", messages: [{ role: "user", content: "héllo" }] }),
    signal: abort,
  });

async function text({ body }: HttpResponse): Promise<string> {
  const decoder = new TextDecoder();
  let whole = "";
  for await (const chunk of body) {
    whole += decoder.decode(chunk, { stream: true });
  }
  return whole;
}

/** Answers every connection with these bytes, and calls `then`. */
async function rawServer(bytes: string, then: (socket: Socket) => void = (socket) => socket.end()) {
  const raw: Server = createServer((socket) => {
    socket.on("error", () => {});
    socket.once("data", () => {
      socket.write(bytes);
      then(socket);
    });
  });
  raw.listen(0, "127.0.0.1");
  await once(raw, "listening");
  return {
    url: `http://127.0.0.1:${(raw.address() as AddressInfo).port}`,
    [Symbol.dispose]: () => void raw.close(),
  };
}

describe("Node's transport", () => {
  it("sends and receives UTF-8, and uses a connection again", async () => {
    expect(await text(await chat())).toContain("héllo");
    expect(await text(await chat())).toContain("héllo");
    const [first, second] = server.received;
    expect(first?.clientPort).toBe(second?.clientPort);
  });

  it("follows no redirect", async () => {
    server.inject({ kind: "redirect", location: "http://127.0.0.1:9/" });
    const response = await get("/api/tags");
    expect(response.status).toBe(307);
    expect(await text(response)).toBe("");
    expect(server.received).toHaveLength(1);
  });

  it("ends the connection when its caller leaves, before the answer and in the midst of it", async () => {
    for (const fault of [{ kind: "silent" }, { kind: "stall", afterTokens: 1 }] as const) {
      server.inject(fault);
      const leaving = new AbortController();
      const arrived = server.next();
      const reading = chat(leaving.signal).then(text);
      const { ended } = await arrived;
      leaving.abort();
      await expect(reading).rejects.toMatchObject({ code: "aborted" });
      expect(await ended).toBe("left");
    }
    await server.idle();
  });

  it("takes it quietly when it is closed and its caller leaves while an answer ends", async () => {
    for (let round = 0; round < 30; round++) {
      const passing = nodeTransport();
      const leaving = new AbortController();
      const { body } = await passing.send({
        method: "GET",
        url: `${server.url}/api/tags`,
        headers: {},
        signal: leaving.signal,
      });
      const chunks = body[Symbol.asyncIterator]();
      await chunks.next();
      const end = chunks.next().catch(() => {});
      leaving.abort();
      await passing[Symbol.asyncDispose]();
      await end;
      // An error that nobody listens for comes in a turn of its own, and would end the process.
      await new Promise((resolve) => setImmediate(resolve));
    }
  });

  it("asks nobody when its caller has left already", async () => {
    await expect(get("/api/tags", { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: "aborted",
    });
    expect(server.received).toHaveLength(0);
  });

  it("ends the connection of an answer that nobody reads to its end", async () => {
    server.inject({ kind: "endless" }, { times: 2 });
    for await (const _ of (await chat()).body) {
      break;
    }
    (await chat()).discard();
    await server.idle();
  });

  it("says that nobody is there, and why", async () => {
    await server.close();
    await expect(get("/api/tags")).rejects.toMatchObject({
      code: "unavailable",
      cause: expect.objectContaining({ kind: "down", message: expect.stringContaining("ECONNREFUSED") }),
    });
  });

  it("says so when the connection is reset, before the answer and in the midst of it", async () => {
    for (const fault of [{ kind: "reset" }, { kind: "reset", afterTokens: 1 }] as const) {
      server.inject(fault);
      await expect(chat().then(text)).rejects.toMatchObject({
        code: "unavailable",
        cause: expect.any(HttpFailure),
      });
    }
  });

  it("sends once more when a kept connection turns out to be closed", async () => {
    await text(await chat());
    server.inject({ kind: "reset" });
    expect(await text(await chat())).toContain("héllo");
    expect(server.received).toHaveLength(3);
  });

  it("gives up connecting after its time", async () => {
    const impatient = nodeTransport({ connectTimeoutMs: 50 });
    // An address that is reserved for documentation: nobody answers.
    const asked = impatient.send({ method: "GET", url: "http://192.0.2.1:9/", headers: {}, signal });
    await expect(asked).rejects.toMatchObject({ code: "unavailable" });
    await impatient[Symbol.asyncDispose]();
  });

  for (const [what, bytes] of [
    ["no HTTP at all", "hello there\r\n\r\n"],
    ["headers without an end", `HTTP/1.1 200 OK\r\n${"x-a: b\r\n".repeat(10_000)}\r\n`],
    [
      "a chunk whose length is no number",
      "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\nhi\r\n",
    ],
    ["two lengths", "HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\nhi"],
    [
      "a length, and chunks",
      "HTTP/1.1 200 OK\r\ncontent-length: 2\r\ntransfer-encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n",
    ],
    [
      "a chunk that says very much about itself",
      `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2;${"a".repeat(100_000)}\r\nhi\r\n0\r\n\r\n`,
    ],
    [
      "trailers without an end",
      `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n${"x-a: b\r\n".repeat(10_000)}\r\n`,
    ],
    [
      "another protocol that nobody asked for",
      "HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n",
    ],
  ] as const) {
    it(`takes ${what} for malformed`, async () => {
      using raw = await rawServer(bytes);
      await expect(get("/", { url: raw.url }).then(text)).rejects.toMatchObject({ code: "bad_response" });
    });
  }

  for (const [what, bytes] of [
    ["HTTP/1.0", "HTTP/1.0 200 OK\r\n\r\nhi"],
    [
      "words before the answer",
      `${"HTTP/1.1 100 Continue\r\n\r\n".repeat(100)}HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\nHTTP/1.1 200 OK\r\n\r\nhi`,
    ],
    [
      "chunks that say something about themselves, and a trailer",
      "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2;a=b\r\nhi\r\n0;c\r\nx-status: 500\r\n\r\n",
    ],
    ["more than was promised", "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi there"],
  ] as const) {
    it(`understands ${what}`, async () => {
      using raw = await rawServer(bytes);
      const response = await get("/", { url: raw.url });
      expect([response.status, await text(response)]).toEqual([200, "hi"]);
    });
  }

  it("reads no body where there is none to be", async () => {
    using raw = await rawServer("HTTP/1.1 204 No Content\r\ncontent-length: 2\r\n\r\nhi");
    const response = await get("/", { url: raw.url });
    expect([response.status, await text(response)]).toEqual([204, ""]);
  });

  it("takes a body that is shorter than promised for a lost connection", async () => {
    using raw = await rawServer("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nshort");
    await expect(get("/", { url: raw.url }).then(text)).rejects.toMatchObject({ code: "unavailable" });
  });

  it("unpacks nothing, so that a small answer stays small", async () => {
    using raw = await rawServer("HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 4\r\n\r\n1234");
    expect(await text(await get("/", { url: raw.url }))).toBe("1234");
  });

  it("closes its kept connections with itself", async () => {
    await text(await chat());
    expect(server.connections()).toBe(1);
    await transport[Symbol.asyncDispose]();
    await server.idle();
  });

  it("leaves no listener on a signal that outlives many calls", async () => {
    const long = new AbortController();
    const counted = countListeners(long.signal);
    for (let call = 0; call < 20; call++) {
      await text(await chat(long.signal));
    }
    expect(counted()).toBe(0);
  });
});

function countListeners(target: AbortSignal): () => number {
  let listeners = 0;
  const { addEventListener, removeEventListener } = target;
  target.addEventListener = (...args: Parameters<typeof addEventListener>) => {
    listeners += 1;
    addEventListener.apply(target, args);
  };
  target.removeEventListener = (...args: Parameters<typeof removeEventListener>) => {
    listeners -= 1;
    removeEventListener.apply(target, args);
  };
  return () => listeners;
}
