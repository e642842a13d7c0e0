import type { Target } from "./target.js";

/** Tries inputs that were kept. Throws what the first of them that fails throws. */
export async function replay(target: Target, inputs: readonly Uint8Array[]): Promise<void> {
  if (target.kind === "bytes") {
    const subject = await target.open();
    try {
      for (const input of inputs) await subject.check(input.slice());
    } finally {
      await subject.close();
    }
    return;
  }
  const subject = await target.open();
  try {
    for (const input of inputs) await subject.check(JSON.parse(new TextDecoder().decode(input)));
  } finally {
    await subject.close();
  }
}
