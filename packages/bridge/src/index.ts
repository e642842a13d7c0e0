export type { BlockingDoor, Door } from "./door.js";
