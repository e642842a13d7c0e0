export type { DispatchOptions } from "./toolkit/index.js";
