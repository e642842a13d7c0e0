import type { GateEvent } from "@wasmforge/bridge";
import type { Outcome } from "./outcome.js";

type WithoutCause<Event> = Event extends { readonly result: infer Result }
  ? Omit<Event, "result"> & { readonly result: Omit<Result, "cause"> }
  : Omit<Event, "cause">;

/** Without what a provider or tool threw: events are made to be sent to browsers, and errors may hold secrets. */
type CallEvent = {
  [Type in GateEvent["type"]]: WithoutCause<Extract<GateEvent, { type: Type }>>;
}[GateEvent["type"]];

/** What `forge.stream` gives, in the order in which it happened. The last one is the outcome. */
export type RunEvent =
  | { readonly type: "started"; readonly runId: string }
  /** Printed. Pieces are whole characters, not whole lines. */
  | { readonly type: "stdout" | "stderr"; readonly text: string }
  | CallEvent
  | { readonly type: "outcome"; readonly outcome: Outcome };

export function toRunEvent(event: GateEvent): RunEvent {
  switch (event.type) {
    case "call_denied": {
      const { cause: _, ...told } = event;
      return told;
    }
    case "call_finished": {
      const { cause: _, ...result } = event.result;
      return { ...event, result };
    }
    default:
      return event;
  }
}
