/** The fallback's layer: a WASI shim of others, with what is ours over it. */
import { StopRun } from "../../../packages/python-runtime/src/port.js";
import { stockLayer } from "../../../packages/python-runtime/src/stock/test/stock-layer.js";
import { forwardingGuest, memoryPages } from "../../wasi/forwarding-guest.js";
import { assert } from "../assert.js";
import { valuesTarget } from "../target.js";
import { prepare, toArguments, type WasiCall, wasiCalls } from "../wasi-calls.js";

const hostBytes = "what the host has granted";
const lastErrno = 76;

export const stockWasiTarget = valuesTarget<readonly WasiCall[]>({
  name: "stock-wasi",
  about:
    "Under the stock interpreter a call is answered by an errno, or throws an error that ends its run and no more.",
  values: wasiCalls,
  open: async () => ({
    check(said) {
      const memory = new WebAssembly.Memory(memoryPages);
      prepare(memory);
      const granted = new TextEncoder().encode(hostBytes);
      const called: string[] = [];
      const files = { "a.txt": granted, "d/x": granted };
      const door = (op: string, payload: Uint8Array) => {
        called.push(op);
        return payload;
      };
      const calls = forwardingGuest(stockLayer({ memory, files, door, print: () => {} }), memory);
      for (const call of said) {
        try {
          const errno = calls[call.name](...toArguments(call));
          const isErrno = Number.isInteger(errno) && errno >= 0 && errno <= lastErrno;
          assert(isErrno || call.name === "proc_exit", `${call.name} answered ${errno}`);
        } catch (error) {
          // As the run does: what is thrown ends it, whatever it is.
          if (call.name === "proc_exit") return;
          assert(error instanceof Error, `${call.name} threw what is no error: ${String(error)}`);
          if (/answered/.test(error.message)) throw error;
          if (!(error instanceof StopRun)) assert(isOutOfBounds(error), `${call.name} threw ${error.stack}`);
        }
      }
      assert(new TextDecoder().decode(granted) === hostBytes, "the host's own bytes were changed");
      assert(called.length === 0, "a call went through the door that nobody wrote into it");
    },
    close() {},
  }),
});

/** What JavaScript says of a pointer that leads out of the memory. */
function isOutOfBounds(error: Error): boolean {
  return (
    error instanceof RangeError &&
    /out of bounds|outside the bounds|out-of-bounds|Invalid|start offset/i.test(error.message)
  );
}
