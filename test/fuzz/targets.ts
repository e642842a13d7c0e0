import type { Target } from "./target.js";
import { auditTarget } from "./targets/audit.js";
import { codecTarget } from "./targets/codec.js";
import { deltaTarget, sealedDeltaTarget } from "./targets/delta.js";
import { framesTarget } from "./targets/frames.js";
import { gateTarget } from "./targets/gate.js";
import { manifestTarget, memoryImageTarget, moduleTarget } from "./targets/image.js";
import { mailboxTarget } from "./targets/mailbox.js";
import { ollamaTarget, openaiTarget } from "./targets/providers.js";
import { pythonGuestTarget } from "./targets/python-guest.js";
import { recordTarget } from "./targets/record.js";
import { resumeTarget } from "./targets/resume.js";
import { seatTarget } from "./targets/seat.js";
import { stockWasiTarget } from "./targets/stock-wasi.js";
import { wasiGuestTarget, wasiTarget } from "./targets/wasi.js";

/** Everything of ours that reads what somebody else has written. */
export const targets: readonly Target[] = [
  codecTarget,
  gateTarget,
  framesTarget,
  mailboxTarget,
  seatTarget,
  wasiTarget,
  wasiGuestTarget,
  pythonGuestTarget,
  stockWasiTarget,
  deltaTarget,
  sealedDeltaTarget,
  resumeTarget,
  manifestTarget,
  memoryImageTarget,
  moduleTarget,
  ollamaTarget,
  openaiTarget,
  recordTarget,
  auditTarget,
];

export function findTarget(name: string): Target {
  const target = targets.find((one) => one.name === name);
  if (target) return target;
  throw new Error(`There is no target ${name}. There are: ${targets.map((one) => one.name).join(", ")}.`);
}
