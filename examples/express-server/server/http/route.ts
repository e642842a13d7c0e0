import type { Response } from "express";
import type { z } from "zod";
import type { Identity, Permission } from "../auth/index.js";
import type { Logger } from "../observability/index.js";
import type { ProblemCode } from "../problem.js";
import type { UploadedFile } from "./form-parts.js";

/**
 * One operation of the API. What is said here is what is checked, what is documented and what a test holds answers to.
 */
export interface Route {
  readonly method: Method;
  /** As OpenAPI writes it: `/api/plugins/{name}`. */
  readonly path: string;
  /** Unique: generated clients name their functions after it. */
  readonly operation: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  readonly permission: Permission;
  /** Which limit it counts against, besides the one for all requests. */
  readonly rate?: "runs" | "uploads";
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: Body;
  readonly answer: Answer;
  /** Beyond what every route may answer. */
  readonly problems?: readonly ProblemCode[];
  handle(exchange: Exchange<unknown, unknown, unknown>): Promise<unknown>;
}

export type Method = "get" | "post" | "put" | "patch" | "delete";

export type Body =
  | { readonly kind: "json"; readonly schema: z.ZodObject; readonly maxBytes: number }
  | {
      readonly kind: "form";
      readonly schema: z.ZodObject;
      /** Of one field. */
      readonly maxFieldBytes: number;
      readonly file?: { readonly field: string; readonly maxBytes: number };
    };

export type Answer =
  | { readonly kind: "json"; readonly description: string; readonly schema: z.ZodType }
  | { readonly kind: "text"; readonly description: string; readonly mediaType: string }
  /** The route writes to the response itself. */
  | { readonly kind: "events"; readonly description: string; readonly event: z.ZodType };

/** A request that has been let in and understood. */
export interface Exchange<P, Q, B> {
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  readonly identity: Identity;
  readonly requestId: string;
  /** Where the request came from, as far as it can be told. */
  readonly address: string;
  /** Aborted when the client goes away before it has its answer. */
  readonly controller: AbortController;
  readonly log: Logger;
  readonly response: Response;
}

type Parsed<S> = S extends z.ZodType ? z.output<S> : undefined;

interface Definition<
  P extends z.ZodObject | undefined,
  Q extends z.ZodObject | undefined,
  B extends z.ZodObject | undefined,
  R,
> extends Omit<Route, "params" | "query" | "body" | "answer" | "handle"> {
  readonly params?: P;
  readonly query?: Q;
  readonly body?: Body & { readonly schema: B };
  readonly answer: Answer & (R extends z.ZodType ? { readonly schema: R } : unknown);
  handle(
    exchange: Exchange<Parsed<P>, Parsed<Q>, Parsed<B>>,
  ): Promise<R extends z.ZodType ? z.output<R> : unknown>;
}

/** Gives the handler the types of the schemas. */
export function defineRoute<
  R,
  P extends z.ZodObject | undefined = undefined,
  Q extends z.ZodObject | undefined = undefined,
  B extends z.ZodObject | undefined = undefined,
>(definition: Definition<P, Q, B, R>): Route {
  // Sound, because `serveRoute` hands over what these very schemas have parsed.
  return definition as unknown as Route;
}

export type { UploadedFile };
