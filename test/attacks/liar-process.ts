import { closeSync } from "node:fs";
import { descriptorLine, HostGone } from "../../packages/core/src/platform/descriptor-line.js";
import { lineDescriptor } from "../../packages/core/src/platform/line-descriptor.js";
import { serveLies } from "./liar.js";

try {
  serveLies(descriptorLine(lineDescriptor), () => closeSync(lineDescriptor));
} catch (error) {
  if (!(error instanceof HostGone)) throw error;
}
