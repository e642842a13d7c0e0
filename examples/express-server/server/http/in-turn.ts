import type { NextFunction, Request, RequestHandler, Response } from "express";

/** Several handlers as one, none of them async. Express would look at the request's path anew before each. */
export function inTurn(...handlers: readonly RequestHandler[]): RequestHandler {
  const go = (index: number, request: Request, response: Response, next: NextFunction): void => {
    const proceed = (error?: unknown) => {
      if (error !== undefined || index + 1 === handlers.length) next(error);
      else go(index + 1, request, response, next);
    };
    handlers[index]?.(request, response, proceed);
  };
  return (request, response, next) => go(0, request, response, next);
}
