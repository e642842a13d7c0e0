/** What a run can pull from its host by name; see `_forge.supply` in the guest's run loop. */
import type { RunRequest } from "./port.js";
import { encodeWtf8 } from "./wtf8.js";

export type Supplies = (name: string) => Uint8Array | undefined;

export function suppliesOf(request: RunRequest): Supplies {
  const sourceIsText = typeof request.source === "string";
  return (name) => {
    switch (name) {
      case "source":
        return toBytes(request.source);
      case "encoding":
        return sourceIsText ? encodeWtf8("utf-8") : undefined;
      case "file":
        return encodeWtf8(request.fileName);
      case "input":
        return toBytes(request.input);
      default:
        return undefined;
    }
  };
}

function toBytes(content: string | Uint8Array): Uint8Array {
  return typeof content === "string" ? encodeWtf8(content) : content;
}
