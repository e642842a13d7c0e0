import picocolors from "picocolors";
import type { Stream, Terminal } from "./terminal.js";

export type Colors = Pick<
  ReturnType<typeof picocolors.createColors>,
  "bold" | "dim" | "green" | "red" | "yellow"
>;

/** Only a terminal gets colours, and not if its user asked for none (https://no-color.org). */
export function colorsFor(stream: Stream, environment: Terminal["environment"]): Colors {
  return picocolors.createColors(stream.isTerminal && !environment.NO_COLOR && environment.TERM !== "dumb");
}
