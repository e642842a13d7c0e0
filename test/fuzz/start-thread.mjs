// A thread starts without the loader that runs TypeScript.
import { register } from "tsx/esm/api";

register();
await import("./thread.js");
