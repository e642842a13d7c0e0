import { type RunEnd, StopRun } from "../port.js";

/** Thrown through the guest by the host, when the guest has reported how its run ended. */
export class Reported extends Error {
  constructor(readonly end: RunEnd) {
    super("the run has ended");
  }
}

export interface GuestState {
  /** What the host's own code threw while the guest was calling it, if that is what ended the run. */
  readonly hostFault: { readonly error: unknown } | undefined;
  readonly isOutOfStack: boolean;
  readonly isOutOfMemory: boolean;
}

/**
 * Reads a run's end from what came out of the guest; throws what is not the guest's doing but the host's.
 *
 * What this binary cannot tell: `os.abort()` from a fatal error of the interpreter (both execute `unreachable`), and
 * an allocation that the interpreter could not survive from any other crash with its memory used up.
 */
export function endFrom(thrown: unknown, guest: GuestState): RunEnd {
  if (thrown instanceof Reported) {
    return guest.isOutOfMemory && isLostError(thrown.end)
      ? { kind: "stopped", reason: "memory" }
      : thrown.end;
  }
  if (thrown instanceof StopRun) {
    return { kind: "stopped", reason: thrown.reason };
  }
  // Even in the host's code it was the guest that used the stack up.
  if (isStackOverflow(thrown)) {
    return crashed("stack", "the end of the native stack was reached");
  }
  if (guest.hostFault) {
    throw guest.hostFault.error;
  }
  if (guest.isOutOfStack) {
    return crashed("stack", "the interpreter's own stack is used up");
  }
  if (guest.isOutOfMemory) {
    return { kind: "stopped", reason: "memory" };
  }
  const message = thrown instanceof Error ? thrown.message : "unknown";
  return isAbort(thrown)
    ? crashed("abort", "the interpreter aborted")
    : crashed("trap", `the interpreter trapped: ${message}`);
}

/** CPython 3.12 has no room for an exception here and there when its memory is used up, and forgets which one it was. */
function isLostError(end: RunEnd): boolean {
  return (
    end.kind === "raised" &&
    end.error.type === "SystemError" &&
    end.error.message.endsWith("returned NULL without setting an exception")
  );
}

function crashed(cause: "abort" | "trap" | "stack", message: string): RunEnd {
  return { kind: "crashed", cause, message };
}

/** V8 and JavaScriptCore throw a RangeError; SpiderMonkey an InternalError, a class that only it has. */
function isStackOverflow(thrown: unknown): boolean {
  return (
    thrown instanceof Error &&
    (thrown instanceof RangeError || thrown.name === "InternalError") &&
    /call stack|recursion/i.test(thrown.message)
  );
}

/** C's `abort` is the instruction `unreachable`, and engines name it in the trap's message. */
function isAbort(thrown: unknown): boolean {
  return thrown instanceof WebAssembly.RuntimeError && /unreachable/i.test(thrown.message);
}
