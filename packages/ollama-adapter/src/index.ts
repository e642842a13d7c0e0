export { type OllamaProvider, ollama } from "./ollama.js";
export type { Operations, PreloadProgress } from "./operations.js";
export type { OllamaOptions } from "./options.js";
export type { PullProgress } from "./pull.js";
export type { RunningModel } from "./running.js";
