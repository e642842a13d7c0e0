/** What a run can pull from its host by name; see `_forge.supply` in the guest's run loop. */
import { toTextBytes } from "@wasmforge/bridge/text";
import type { RunRequest } from "./port.js";

export type Supplies = (name: string) => Uint8Array | undefined;

export function suppliesOf(request: RunRequest): Supplies {
  const sourceIsText = typeof request.source === "string";
  return (name) => {
    switch (name) {
      case "source":
        return toBytes(request.source);
      case "encoding":
        return sourceIsText ? toTextBytes("utf-8") : undefined;
      case "file":
        return toTextBytes(request.fileName);
      case "input":
        return toBytes(request.input);
      default:
        return undefined;
    }
  };
}

function toBytes(content: string | Uint8Array): Uint8Array {
  return typeof content === "string" ? toTextBytes(content) : content;
}
