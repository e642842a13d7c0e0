export type { Provider } from "@wasmforge/bridge";
