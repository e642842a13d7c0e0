import type { RunEvent } from "@wasmforge/core";

/** What the first WasmForge called the output: all that a plugin printed and sent, in the order in which it did. */
export class RunOutput {
  #text = "";

  /** Without the end of the last line. */
  get text(): string {
    return this.#text.endsWith("\n") ? this.#text.slice(0, -1) : this.#text;
  }

  on(event: RunEvent): void {
    if (event.type === "stdout") this.#text += event.text;
    if (event.type === "output") this.#text += `${toItemText(event.item)}\n`;
  }
}

type Item = Extract<RunEvent, { readonly type: "output" }>["item"];

export function toItemText(item: Item): string {
  return item.kind === "text" ? item.text : (item.text ?? JSON.stringify(item.value));
}
