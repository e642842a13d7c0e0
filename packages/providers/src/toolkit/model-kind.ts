import type { ModelKind } from "@wasmforge/bridge";

/** What a model is for. That it is for code, only its name tells. */
export function toModelKind(name: string, capabilities: readonly string[]): ModelKind {
  if (capabilities.includes("embedding") && !capabilities.includes("completion")) {
    return "embedding";
  }
  if (capabilities.includes("vision")) {
    return "vision";
  }
  return /cod(?:e|er|ex|estral)/i.test(name) ? "code" : "text";
}

/** Where the server does not say. */
export function guessCapabilities(name: string, family = ""): readonly string[] {
  if (/embed|minilm|bge-/i.test(name) || /bert/i.test(family)) {
    return ["embedding"];
  }
  return /llava|vision|-vl\b|moondream|gpt-4o|pixtral/i.test(name)
    ? ["completion", "vision"]
    : ["completion"];
}
