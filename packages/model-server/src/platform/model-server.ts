import { createServer } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { type Answer, defaultAnswer, type FakeModel, type Question } from "../fake-model.js";
import { type Fault, FaultPlan, type FaultScope } from "../faults.js";
import { type Exchange, openExchange, type Received, sendBody, sendJson } from "./exchange.js";
import { ModelShelf } from "./model-shelf.js";
import { type Backend, ollamaRoutes } from "./ollama.js";
import { openaiRoutes, toOpenaiError } from "./openai.js";
import { Slots } from "./slots.js";
import { gone } from "./stream.js";

export interface ModelServerOptions {
  /** @default llama3.2:latest */
  readonly models?: readonly FakeModel[];
  /** @default what was asked, after `You said: ` */
  readonly answer?: (question: Question) => Answer | Promise<Answer>;
  /** The next token waits for it. */
  readonly beforeToken?: (index: number, question: Question) => Promise<void> | void;
  /** How loading a model takes its time. */
  readonly load?: (model: string) => Promise<void>;
  /** Answers at the same time, as `OLLAMA_NUM_PARALLEL`. @default no limit */
  readonly parallel?: number;
  /** More than this in line are turned away, as `OLLAMA_MAX_QUEUE`. @default 512 */
  readonly maxQueue?: number;
  /** Wanted in the `authorization` header, as `Bearer …`. @default nothing */
  readonly apiKey?: string;
  /** @default any that is free */
  readonly port?: number;
}

export interface ModelServer extends AsyncDisposable {
  readonly url: string;
  /** Every request, in order. */
  readonly received: readonly Received[];
  readonly shelf: Pick<ModelShelf, "add" | "remove" | "all" | "loaded" | "unload" | "loadsBegun">;
  /** Connections that are open at this moment. */
  connections(): number;
  /** The next request that comes, or the next for that path. */
  next(path?: string): Promise<Received>;
  /** Resolves when no connection is left. */
  idle(): Promise<void>;
  inject(fault: Fault, scope?: FaultScope): void;
  heal(): void;
  close(): Promise<void>;
}

const routes: Readonly<Record<string, (exchange: Exchange, backend: Backend) => Promise<void> | void>> = {
  ...ollamaRoutes,
  ...openaiRoutes,
};

export async function createModelServer(options: ModelServerOptions = {}): Promise<ModelServer> {
  const shelf = new ModelShelf(options.models ?? [{ name: "llama3.2:latest" }], options.load);
  const backend: Backend = {
    shelf,
    slots: new Slots(options.parallel ?? Number.POSITIVE_INFINITY, options.maxQueue ?? 512),
    answer: options.answer ?? defaultAnswer,
    beforeToken: options.beforeToken,
  };
  const faults = new FaultPlan();
  const received: Received[] = [];
  const awaited: { readonly path: string | undefined; readonly resolve: (one: Received) => void }[] = [];
  const sockets = new Set<Socket>();
  let idle: (() => void)[] = [];

  const server = createServer(async (request, response) => {
    response.on("error", () => {});
    try {
      const exchange = await openExchange(request, response, (path) => faults.take(path));
      received.push(exchange);
      for (const one of awaited.filter(({ path }) => (path ?? exchange.path) === exchange.path)) {
        awaited.splice(awaited.indexOf(one), 1);
        one.resolve(exchange);
      }
      await answer(exchange, backend, options.apiKey);
    } catch {
      response.destroy();
    }
  });
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.once("close", () => {
      sockets.delete(socket);
      if (sockets.size === 0) {
        const waiting = idle;
        idle = [];
        for (const resolve of waiting) {
          resolve();
        }
      }
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", resolve);
  });

  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    shelf,
    connections: () => sockets.size,
    next: (path) => new Promise((resolve) => awaited.push({ path, resolve })),
    idle: () => (sockets.size === 0 ? Promise.resolve() : new Promise((resolve) => idle.push(resolve))),
    inject: (fault, scope) => faults.add(fault, scope),
    heal: () => faults.clear(),
    close,
    [Symbol.asyncDispose]: close,
  };
}

async function answer(exchange: Exchange, backend: Backend, apiKey: string | undefined): Promise<void> {
  const { fault, left, response, method, path, headers } = exchange;
  const toError = path.startsWith("/v1/")
    ? toOpenaiError
    : (_status: number, message: string) => ({ error: message });
  switch (fault?.kind) {
    case "body":
      return sendBody(response, fault.status ?? 200, fault.body, {
        "content-type": fault.contentType ?? "application/json",
        ...fault.headers,
      });
    case "status":
      return sendJson(
        exchange,
        fault.status,
        toError(fault.status, fault.error ?? "something went wrong"),
        fault.headers,
      );
    case "redirect":
      return sendBody(response, fault.status ?? 307, "", { location: fault.location });
    case "silent":
      return gone(left);
    case "late":
      await fault.until;
      break;
    case "reset":
      if (fault.afterTokens === undefined) {
        response.socket?.resetAndDestroy();
        return;
      }
  }
  if (apiKey !== undefined && headers.authorization !== `Bearer ${apiKey}`) {
    return sendJson(exchange, 401, toError(401, "unauthorized"));
  }
  const route = routes[`${method} ${path}`];
  if (route === undefined) {
    return sendBody(response, 404, "404 page not found", { "content-type": "text/plain" });
  }
  await route(exchange, backend);
}
