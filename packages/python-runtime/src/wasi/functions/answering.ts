import { Errno } from "../errno.js";
import { Refusal } from "../refusal.js";
import type { WasiActions, WasiFunctions } from "./signatures.js";

/**
 * What the guest imports: refusals become errnos. Everything else that is thrown ends the run it was thrown in
 * (an exit, a stop, a spent stack) and passes through the guest to whoever called it.
 */
export function answering(actions: WasiActions): WasiFunctions {
  const entries = Object.entries(actions).map(([name, action]) => [name, answer(action)]);
  return Object.fromEntries(entries);
}

function answer(action: (...args: never[]) => void): (...args: never[]) => number {
  return (...args) => {
    try {
      action(...args);
      return Errno.SUCCESS;
    } catch (error) {
      if (error instanceof Refusal) return error.errno;
      throw error;
    }
  };
}
