import type { CallSummary, GateEvent } from "@wasmforge/bridge";
import type { RunWatcher } from "../run/execute-run.js";
import { tellHost } from "../run/tell-host.js";
import type { CallFault } from "./forge-options.js";

/** Tells the host app what went wrong on its own side of a call. */
export function reportFaults(onCallFault: (fault: CallFault) => void): RunWatcher {
  return ({ runId, plugin, tenant }) => ({
    on(event) {
      const fault = faultIn(event);
      if (fault) tellHost(onCallFault, { runId, plugin: plugin.name, tenant, ...fault });
    },
    end() {},
  });
}

function faultIn(event: GateEvent): { readonly call: CallSummary; readonly cause: unknown } | undefined {
  if (event.type === "call_denied" && event.cause !== undefined)
    return { call: event.call, cause: event.cause };
  if (event.type !== "call_finished" || event.result.cause === undefined) return undefined;
  // That is the plugin's, and the plugin was told.
  if (event.result.code === "bad_arguments") return undefined;
  return { call: event.call, cause: event.result.cause };
}
