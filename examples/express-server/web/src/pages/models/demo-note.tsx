import { Notice } from "../../parts/notice.js";

export function DemoNote() {
  return (
    <Notice tone="info" title="The models are a demonstration">
      <p>
        No model server is in reach, so simple rules answer, and no AI. Start Ollama on this machine, or set
        OLLAMA_BASE_URL: it is used as soon as it answers.
      </p>
    </Notice>
  );
}
