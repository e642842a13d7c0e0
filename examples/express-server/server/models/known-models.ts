import type { ModelKind } from "@wasmforge/core";

interface Known {
  readonly kind: ModelKind;
  readonly description: string;
}

/** What to say of models that operators often allow, also while no server is there to ask. */
const families: Readonly<Record<string, Known>> = {
  llama3: { kind: "text", description: "Meta's Llama 3: general text, summaries, translation" },
  "llama3.1": { kind: "text", description: "Meta's Llama 3.1: general text, long context" },
  "llama3.2": { kind: "text", description: "Meta's Llama 3.2: small and quick general text" },
  llava: { kind: "vision", description: "Looks at images and describes them" },
  "llama3.2-vision": { kind: "vision", description: "Meta's Llama 3.2 with eyes" },
  mistral: { kind: "code", description: "Mistral: code, reasoning, general text" },
  codellama: { kind: "code", description: "Meta's Llama for code" },
  "qwen2.5-coder": { kind: "code", description: "Qwen 2.5 for code" },
  gemma2: { kind: "text", description: "Google's Gemma 2: compact general text" },
  "qwen2.5": { kind: "text", description: "Qwen 2.5: compact, many languages" },
  "nomic-embed-text": { kind: "embedding", description: "Vectors of texts, for search" },
};

export function describeModel(name: string): Known {
  const family = name.split(":")[0] ?? "";
  return families[family] ?? { kind: "text", description: "A model of this server's operator" };
}

/** No tag means the latest. */
export function withTag(name: string): string {
  return name.includes(":", name.lastIndexOf("/") + 1) ? name : `${name}:latest`;
}
