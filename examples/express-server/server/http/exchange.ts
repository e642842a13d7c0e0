import type { Request, Response } from "express";
import { type Identity, nobody } from "../auth/index.js";
import type { Logger } from "../observability/index.js";
import type { Route } from "./route.js";

/** What is known of a request before it is understood. */
export class KnownExchange {
  identity: Identity = nobody;
  route: Route | undefined;
  /** The run that it led to. */
  runId: string | undefined;
  #log: Logger | undefined;

  constructor(
    readonly requestId: string,
    private readonly request: Request,
    private readonly serverLog: Logger,
  ) {}

  /** For as long as the connection is there. Asked for only when it is needed: it takes a look at all proxies. */
  get address(): string {
    return this.request.ip ?? "unknown";
  }

  /** Made when it is needed: most requests have nothing to say but their one line. */
  get log(): Logger {
    this.#log ??= this.serverLog.child({ request_id: this.requestId });
    return this.#log;
  }
}

const key = "exchange";

export function setExchange(response: Response, exchange: KnownExchange): void {
  response.locals[key] = exchange;
}

export function exchangeOf(response: Response): KnownExchange {
  return response.locals[key] as KnownExchange;
}
