import type { DenialCode } from "../policy/decision.js";
import { toPrintable } from "../printable.js";
import type { ProtocolErrorCode } from "../protocol.js";
import { isProviderErrorCode, ProviderError, type ProviderErrorCode } from "../provider/provider-error.js";
import { isToolErrorCode, ToolError, type ToolErrorCode } from "./tool-error.js";

/** Every code that a plugin can be told. */
export type CallErrorCode =
  | ProtocolErrorCode
  | DenialCode
  | ProviderErrorCode
  | ToolErrorCode
  /** The answer is larger than `limits.replyBytes`, or too much of it waits to be fetched (`limits.heldBytes`). */
  | "reply_too_large"
  /** The tool returned something that is not JSON. */
  | "bad_tool_result"
  /** The provider failed in a way that it does not explain. The host is told the cause. */
  | "provider_failed"
  /** The run has as many open tickets as it may have: fetch or cancel some. */
  | "too_many_tickets"
  /** There is no such ticket, or it is at its end. */
  | "unknown_ticket"
  /** The plugin cancelled the call. */
  | "cancelled"
  /** The host's side failed. The plugin cannot do anything about it. */
  | "internal";

/** What a guest is told of a failure: code and message. The cause is for the host. */
export class CallError extends Error {
  constructor(
    readonly code: CallErrorCode,
    message: string,
    { cause }: { readonly cause?: unknown } = {},
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "CallError";
  }
}

const maxMessageChars = 500;

export function fromProvider(thrown: unknown): CallError {
  return (
    meantForGuest(thrown, ProviderError.is, isProviderErrorCode) ??
    new CallError("provider_failed", "the model provider failed; the host's log says more", { cause: thrown })
  );
}

export function fromTool(thrown: unknown): CallError {
  return (
    meantForGuest(thrown, ToolError.is, isToolErrorCode) ??
    new CallError("tool_failed", "the tool failed; the host's log says more", { cause: thrown })
  );
}

/** What was thrown may be anything, an object with throwing or lying getters too: so each field is read once. */
function meantForGuest<Code extends CallErrorCode>(
  thrown: unknown,
  isMeant: (thrown: unknown) => thrown is Error & { readonly code: unknown },
  isCode: (code: unknown) => code is Code,
): CallError | undefined {
  try {
    if (thrown instanceof CallError) return thrown;
    if (!isMeant(thrown)) return undefined;
    const { code, message } = thrown;
    if (!isCode(code)) return undefined;
    return new CallError(code, toPrintable(String(message), maxMessageChars), { cause: thrown });
  } catch {
    // It is as good as an error without a code.
    return undefined;
  }
}

export function fromHost(thrown: unknown): CallError {
  return thrown instanceof CallError
    ? thrown
    : new CallError("internal", "the host could not serve this call", { cause: thrown });
}
