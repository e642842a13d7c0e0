import type { Response } from "express";
import type { Identity } from "../auth/index.js";
import type { Logger } from "../observability/index.js";
import type { Route } from "./route.js";

/** What is known of a request before it is understood. */
export interface KnownExchange {
  readonly requestId: string;
  readonly log: Logger;
  readonly address: string;
  identity: Identity;
  route?: Route;
  /** The run that it led to. */
  runId?: string;
}

const key = "exchange";

export function setExchange(response: Response, exchange: KnownExchange): void {
  response.locals[key] = exchange;
}

export function exchangeOf(response: Response): KnownExchange {
  return response.locals[key] as KnownExchange;
}
