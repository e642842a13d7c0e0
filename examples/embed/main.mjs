// Runs a Python plugin that nobody has to trust, and shows what became of it.
import { createForge, echoProvider } from "@wasmforge/core";

const source = `
from platform_sdk import call_ai, get_input, send_output
send_output(call_ai("llama3.2:latest", "Summarize: " + get_input()))
`;

const forge = await createForge({
  providers: [echoProvider()], // says what it is asked; ollama() of @wasmforge/ollama-adapter asks real models
  policy: { models: ["llama3.2:latest"], maxPromptChars: 4_000, maxCalls: 10 },
  limits: { wallTimeMs: 120_000, memoryMb: 128 },
});

const outcome = await forge.run({ name: "summarize", source }, { input: "long text …" });
if (outcome.status === "completed") console.log(outcome.output); // what send_output was given
if (outcome.status === "failed") console.error(outcome.error.message); // the plugin's own exception, with its line
if (outcome.status === "stopped") console.error(outcome.message); // what it had too much of, and what to do
console.log(outcome.usage);
await forge.close();
