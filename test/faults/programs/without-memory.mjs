// Wants more seats than its process may have memory for.
import { createForge } from "@wasmforge/core";

const plugin = { name: "fine", source: "print('fine')" };
const greedy = { name: "greedy", source: "kept = []\nwhile True: kept.append(bytearray(1 << 20))" };

const forge = await createForge({ seats: 8, pool: { spares: 0 }, limits: { memoryMb: 64, queueMs: 60_000 } });
const ends = await Promise.all(
  Array.from({ length: 40 }, async (_, at) => (await forge.run(at % 10 === 5 ? greedy : plugin)).status),
);
const { ready, running, settling } = forge.stats();
await forge.close();
console.log(
  [
    ready + running + settling < 8 ? "fewer seats" : "all seats",
    `${ends.filter((end) => end === "completed").length} completed`,
    `${ends.filter((end) => end !== "completed").length} ended otherwise`,
  ].join(", "),
);
