/** Sessions that sleep and are woken, in a Forge of their own: the platform's API has none. */
import { createForge, type Forge, ForgeError } from "@wasmforge/core";
import { newCanary } from "./client.js";
import type { Ledger } from "./ledger.js";

const remember = { name: "remember", source: "from platform_sdk import *\nkept = get_input()\ncount = 0" };
const recall = {
  name: "recall",
  source: "from platform_sdk import *\ncount += 1\nsend_output(f'{kept} {count}')",
};
const wakes = 3;

export async function openSessions(): Promise<{
  visit(ledger: Ledger): Promise<void>;
  close(): Promise<void>;
}> {
  const forge = await createForge({ seats: 1 });
  return { visit: (ledger) => visit(forge, ledger), close: () => forge.close() };
}

/** It remembers through every sleep, and nobody else can wake it. */
async function visit(forge: Forge, ledger: Ledger): Promise<void> {
  const canary = newCanary();
  const owner = newCanary();
  let session = forge.session({ owner });
  await session.run(remember, { input: canary });
  for (let count = 1; count <= wakes; count += 1) {
    const { output } = await session.run(recall);
    if (output !== `${canary} ${count}`)
      ledger.violation(`a session recalled ${output}, not ${canary} ${count}`);
    const asleep = await session.sleep();
    if (await opens(forge, asleep, "somebody else")) ledger.violation("a session was woken by another owner");
    const changed = asleep.slice();
    const at = Math.floor(Math.random() * changed.length);
    changed[at] = (changed[at] ?? 0) ^ (1 << Math.floor(Math.random() * 8));
    if (await opens(forge, changed, owner))
      ledger.violation("a session was woken from bytes that were changed");
    session = await forge.wake(asleep, { owner });
  }
  await session.close();
  ledger.count("sessions");
}

async function opens(forge: Forge, bytes: Uint8Array, owner: string): Promise<boolean> {
  try {
    await using _ = await forge.wake(bytes, { owner });
    return true;
  } catch (error) {
    if (ForgeError.is(error) && error.code === "session_refused") return false;
    throw error;
  }
}
