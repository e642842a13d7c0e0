import type { Stream } from "./terminal.js";
import { toTerminalText } from "./terminal-text.js";

/** A plugin's words: as they are for a file or another program, harmless for a terminal. */
export function showOn(stream: Stream): (text: string) => void {
  return stream.isTerminal ? (text) => stream.write(toTerminalText(text)) : (text) => stream.write(text);
}
