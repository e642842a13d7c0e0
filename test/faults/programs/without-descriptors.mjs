// Takes every descriptor that its process may have, loses a seat meanwhile, and gives them back.
import { closeSync, openSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { createForge } from "@wasmforge/core";

const plugin = { name: "fine", source: "print('fine')" };
const endless = { name: "endless", source: "while True: pass" };
const seat = /** @type {"thread" | "process"} */ (process.argv[2]);

const forge = await createForge({ seat, seats: 1, pool: { spares: 0 }, limits: { queueMs: 60_000 } });
const said = [];
said.push((await forge.run(plugin)).status);

const taken = [];
try {
  for (;;) taken.push(openSync("/dev/null", "r"));
} catch (error) {
  said.push(/** @type {NodeJS.ErrnoException} */ (error).code);
}
// Its seat is killed, and no other can be started.
said.push((await forge.run(endless, { limits: { computeMs: 100 } })).status);
const waiting = forge.run(plugin).then(
  ({ status }) => status,
  ({ code }) => code,
);
const early = await Promise.race([waiting, delay(1_500, "waits")]);
said.push(early === "completed" ? "completed without descriptors" : "not yet");
for (const descriptor of taken) closeSync(descriptor);
said.push(["completed", "seat_failed"].includes(await waiting) ? "told" : await waiting);

// As soon as a seat can be started, everything is as before.
for (let last = ""; last !== "completed"; await delay(50)) {
  last = await forge.run(plugin).then(
    ({ status }) => status,
    ({ code }) => code,
  );
}
said.push("completed");
await forge.close();
console.log(said.join(", "));
