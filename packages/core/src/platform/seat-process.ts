/** What runs in a process that is a seat. */
import { setImmediate } from "node:timers/promises";
import { forgedRuntime, stockRuntime, tuneEngine } from "@wasmforge/python-runtime";
import { FrameReader } from "../seat/frame.js";
import { toSeat } from "../seat/kinds.js";
import { parseSeatSetup, type SeatSetup } from "../seat/seat-setup.js";
import { type BlockingLine, serveSeat } from "../seat/serve-seat.js";
import { descriptorLine, HostGone } from "./descriptor-line.js";
import { endAfter } from "./end-after.js";
import { lineDescriptor } from "./line-descriptor.js";

// A terminal and a service manager tell a whole group of processes to end. When a seat ends is its host's to say.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => {});

const line = descriptorLine(lineDescriptor);
try {
  const setup = receiveSetup(line);
  await serveSeat(line, {
    async open(host) {
      tuneEngine();
      const runtime = setup.runtime === "forged" ? forgedRuntime(setup) : stockRuntime();
      const artifact = await runtime.compile(setup);
      if (artifact.imageHash !== setup.imageHash) {
        throw new Error("the image is not the one that the pool began with; make a new pool");
      }
      return runtime.open(artifact, host);
    },
    warmUpMs: setup.warmUpMs,
    ...(!setup.endsWithHost && { guard: endAfter }),
    letOthersRun: () => setImmediate(),
  });
} catch (error) {
  if (!(error instanceof HostGone)) throw error;
}

/** The host says nothing else before the seat is ready. */
function receiveSetup(from: BlockingLine): SeatSetup {
  const frames = new FrameReader((kind) => (kind === toSeat.setup ? { head: 65_536, body: 0 } : undefined));
  for (;;) {
    const frame = frames.next();
    if (frame) return parseSeatSetup(frame);
    frames.push(from.read());
  }
}
