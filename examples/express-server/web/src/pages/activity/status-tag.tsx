import type { RunStatus } from "../../api/shapes.js";
import { Tag } from "../../parts/tag.js";

const tones = { completed: "good", failed: "bad", stopped: "warn" } as const;

export function StatusTag({ status }: { readonly status: RunStatus }) {
  return <Tag tone={tones[status]}>{status}</Tag>;
}
