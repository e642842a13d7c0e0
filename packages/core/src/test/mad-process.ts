import { setImmediate } from "node:timers/promises";
import { descriptorLine } from "../platform/descriptor-line.js";
import { lineDescriptor } from "../platform/line-descriptor.js";
import { serveSeat } from "../seat/serve-seat.js";
import { madInstance } from "./mad-instance.js";

const line = descriptorLine(lineDescriptor);
// What it is told first is how to make an instance, which it does not need.
line.read();
await serveSeat(line, {
  open: async (host) => madInstance(host),
  warmUpMs: 0,
  letOthersRun: () => setImmediate(),
});
