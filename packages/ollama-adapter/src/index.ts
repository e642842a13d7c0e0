export { type OllamaProvider, ollama, type PreloadProgress } from "./ollama.js";
export type { OllamaOptions } from "./options.js";
export type { PullProgress } from "./pull.js";
export type { RunningModel } from "./running.js";
