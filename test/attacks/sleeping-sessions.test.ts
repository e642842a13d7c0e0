/**
 * Sessions that sleep, in the hands of somebody who wants to change one, wake another's, or have one do harm. What hostile
 * contents do behind a seal that fits is asked in `packages/python-runtime/src/forged/hostile-delta.test.ts`.
 */
import { createHash, createHmac, randomBytes } from "node:crypto";
import { createForge, type Forge } from "@wasmforge/core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createRandom } from "../../packages/bridge/src/test/random.js";
import { hasImage } from "../../packages/python-runtime/src/test/image.js";

const owner = "tenant-a";
const other = "tenant-b";
const refused = { code: "session_refused" };
const secret = ["secret", "of", "tenant", "a"].join("-");

describe.skipIf(!hasImage)("a session that sleeps", () => {
  const options = { seats: 1, pool: { warmUpMs: 0, spares: 0 } } as const;
  let keyed: Forge;
  let open: Forge;
  let sealed: Uint8Array;
  let hashed: Uint8Array;

  const run = async (source: string, input = "") => {
    const outcome = await keyed.run(
      { name: "a", source: `from platform_sdk import *\n${source}` },
      { input, tenant: other },
    );
    if (outcome.status !== "completed") throw new Error(JSON.stringify(outcome));
    return outcome.output;
  };

  async function asleep(forge: Forge, source: string, input = ""): Promise<Uint8Array> {
    const session = forge.session({ owner });
    const outcome = await session.run({ name: "s", source }, { input });
    if (outcome.status !== "completed") throw new Error(JSON.stringify(outcome));
    return session.sleep();
  }

  beforeAll(async () => {
    [keyed, open] = await Promise.all([
      createForge({ ...options, sessionKey: randomBytes(32) }),
      createForge(options),
    ]);
    const source = "from platform_sdk import *\nkept = [get_input()] * 3";
    [sealed, hashed] = await Promise.all([asleep(keyed, source, secret), asleep(open, source, secret)]);
  });
  afterAll(() => Promise.all([keyed.close(), open.close()]));

  it("is good to begin with", async () => {
    await using session = await keyed.wake(sealed, { owner });
    const outcome = await session.run({
      name: "s",
      source: "from platform_sdk import *\nsend_output(kept[0])",
    });
    expect(outcome.output).toBe(secret);
  });

  it("is refused with any byte of its beginning or its end changed, and with any thousand of the others", async () => {
    const random = createRandom(1);
    const ends = Array.from({ length: 200 }, (_, at) => [at, sealed.length - 1 - at]).flat();
    const others = Array.from({ length: 1_000 }, () => random.number(sealed.length));
    for (const at of new Set([...ends, ...others])) {
      const changed = sealed.slice();
      changed[at] = (changed[at] ?? 0) ^ (1 << random.number(8));
      await expect(keyed.wake(changed, { owner }), `byte ${at}`).rejects.toMatchObject(refused);
    }
  });

  it("is refused cut off anywhere, longer, turned round, or in pieces of another", async () => {
    const second = await asleep(keyed, "kept = 2");
    const half = sealed.length >> 1;
    const random = createRandom(2);
    const attempts = [
      ...Array.from({ length: 300 }, (_, at) => sealed.subarray(0, at)),
      ...Array.from({ length: 100 }, () => sealed.subarray(0, random.number(sealed.length))),
      ...Array.from({ length: 100 }, (_, at) => sealed.subarray(at + 1)),
      Buffer.concat([sealed, Uint8Array.of(0)]),
      Buffer.concat([sealed, sealed]),
      sealed.slice().reverse(),
      Buffer.concat([sealed.subarray(0, half), second.subarray(half)]),
      Buffer.concat([second.subarray(0, 300), sealed.subarray(300)]),
      new Uint8Array(sealed.length),
      new Uint8Array(64 << 20),
      new TextEncoder().encode(`{"owner":"${owner}"}`),
    ];
    for (const attempt of attempts) {
      await expect(keyed.wake(attempt, { owner })).rejects.toMatchObject(refused);
    }
  });

  it("wakes for nobody but its owner, however alike the names are", async () => {
    const names = [
      other,
      `${owner} `,
      ` ${owner}`,
      owner.toUpperCase(),
      `${owner}\0`,
      `${owner}\n`,
      "tenant-\u0430",
      "tenant-",
      "ten",
      `${owner}${owner}`,
      "*",
    ];
    for (const name of names) {
      await expect(keyed.wake(sealed, { owner: name }), name).rejects.toMatchObject(refused);
      await expect(open.wake(hashed, { owner: name }), name).rejects.toMatchObject(refused);
    }
  });

  it("wakes in no Forge with another key, or with one where it had none", async () => {
    await using stranger = await createForge({ ...options, sessionKey: randomBytes(32) });
    await expect(stranger.wake(sealed, { owner })).rejects.toMatchObject(refused);
    await expect(stranger.wake(hashed, { owner })).rejects.toMatchObject(refused);
    await expect(keyed.wake(hashed, { owner })).rejects.toMatchObject(refused);
    await expect(open.wake(sealed, { owner })).rejects.toMatchObject(refused);
  });

  it("cannot be sealed anew without the key", async () => {
    const random = createRandom(3);
    for (let turn = 0; turn < 50; turn++) {
      const changed = sealed.slice();
      changed[random.number(changed.length)] = random.number(256);
      // Wherever the 32 bytes of a seal may stand, and whatever it may be made of.
      for (const at of [0, 8, 12, 16, 32, changed.length - 32]) {
        const body = Buffer.concat([changed.subarray(0, at), changed.subarray(at + 32)]);
        for (const seal of [
          createHash("sha256").update(body).digest(),
          createHmac("sha256", "").update(body).digest(),
          createHmac("sha256", Buffer.alloc(32)).update(body).digest(),
          createHmac("sha256", owner).update(body).digest(),
          Buffer.alloc(32),
        ]) {
          changed.set(seal, at);
          await expect(keyed.wake(changed, { owner })).rejects.toMatchObject(refused);
        }
      }
    }
  });

  it("is not to be found by the next run in the seat that it ran or woke in", async () => {
    const session = await keyed.wake(sealed, { owner });
    await session.run({ name: "s", source: "kept.append(kept[0] * 1000)" });
    const asleepAgain = await session.sleep();
    // Put together there, so that its own source is not what it finds.
    const look = `
import gc
mark = "-".join(["secret", "of"]) + "-tenant-a"
texts = [repr(thing) for thing in gc.get_objects() if type(thing) in (list, dict)]
blocks = b"".join(bytes(bytearray(1 << 20)) for _ in range(20))
send_output(any(mark in text and "mark" not in text for text in texts) or mark.encode() in blocks)`;
    expect(await run(look)).toBe("False");
    await expect(keyed.wake(asleepAgain, { owner: other })).rejects.toMatchObject(refused);
  });

  it("does not carry over what a run was allowed: policies are the host's, of each run anew", async () => {
    await using forge = await createForge({
      ...options,
      policy: { tools: { lookup: true } },
      tools: {
        lookup: { description: "", input: (await import("zod")).z.looseObject({}), run: () => "found" },
      },
    });
    await using session = forge.session({ owner });
    const source =
      "from platform_sdk import *\nfrom platform_sdk import tools\nlookup = tools.lookup\nsend_output(lookup())";
    expect((await session.run({ name: "s", source })).output).toBe("found");
    const again = {
      name: "s",
      source: "try: send_output(lookup())\nexcept AIError as error: send_output(error.code)",
    };
    expect((await session.run(again, { policy: { tools: {} } })).output).toBe("tool_not_allowed");
  });
});
