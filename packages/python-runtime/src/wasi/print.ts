import { StopRun } from "../port.js";

/** Receives what the guest prints, as it prints it. The chunk is the receiver's to keep. */
export type Print = (stream: "stdout" | "stderr", chunk: Uint8Array) => void;

/**
 * Lets `limitBytes` of each stream through. A stream that goes over has delivered exactly its first `limitBytes`
 * when the run is stopped.
 */
export function cappedPrint(limitBytes: number, sink: Print): Print {
  const left = { stdout: limitBytes, stderr: limitBytes };
  return (stream, chunk) => {
    const room = left[stream];
    left[stream] = Math.max(0, room - chunk.length);
    if (chunk.length <= room) return sink(stream, chunk);
    if (room > 0) sink(stream, chunk.slice(0, room));
    throw new StopRun("output");
  };
}
