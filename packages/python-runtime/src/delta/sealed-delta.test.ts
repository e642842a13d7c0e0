import { describe, expect, it } from "vitest";
import { node } from "../platform/node.js";
import { openDelta, sealDelta } from "../platform/sealing.js";
import { nothingCarried } from "../wasi/index.js";
import { encodeHead, headBytes } from "./delta.js";
import type { DeltaErrorCode } from "./delta-error.js";

const imageHash = "5e".repeat(32);
const delta = new Uint8Array(headBytes + 500).fill(9);
encodeHead(delta, { imageHash, memoryBytes: 65_536, tables: [], carried: nothingCarried }, 3);

const key = Uint8Array.from({ length: 32 }, (_, i) => i);
const otherKey = new Uint8Array(32).fill(1);
const owner = "tenant-1";

function refusal(code: DeltaErrorCode) {
  return expect.objectContaining({ name: "DeltaError", code });
}

describe("a sealed delta", () => {
  it.each([
    ["with a key", { owner, key }],
    ["without one", { owner }],
    ["for an owner without a name", { owner: "" }],
    ["for an owner with any name", { owner: "\ufeffé\0/../\u{1f40d}", key }],
  ])("is opened as it was %s", async (_, options) => {
    expect(await openDelta(await sealDelta(delta, options), { ...options, imageHash })).toEqual(delta);
  });

  it("is opened only for its owner", async () => {
    for (const options of [{ key }, {}]) {
      const sealed = await sealDelta(delta, { owner, ...options });
      for (const other of ["", "tenant-", "tenant-11", "Tenant-1", "tenant-2", " tenant-1"]) {
        const opening = openDelta(sealed, { owner: other, imageHash, ...options });
        await expect(opening).rejects.toThrow(refusal("foreign_owner"));
      }
    }
  });

  it("is opened only with its key", async () => {
    const sealed = await sealDelta(delta, { owner, key });
    const opening = (options: { key?: Uint8Array }) => openDelta(sealed, { owner, imageHash, ...options });
    await expect(opening({ key: otherKey })).rejects.toThrow(refusal("not_authentic"));
    await expect(opening({})).rejects.toThrow(refusal("not_authentic"));
  });

  it("is not opened where a key is asked for and it has none", async () => {
    const opening = openDelta(await sealDelta(delta, { owner }), { owner, key, imageHash });
    await expect(opening).rejects.toThrow(refusal("not_authentic"));
  });

  it("is not opened for another image", async () => {
    const opening = openDelta(await sealDelta(delta, { owner, key }), {
      owner,
      key,
      imageHash: "00".repeat(32),
    });
    await expect(opening).rejects.toThrow(refusal("foreign_image"));
  });

  it("is refused when any one byte of it was changed", async () => {
    for (const options of [{ owner, key }, { owner }]) {
      const sealed = await sealDelta(delta, options);
      for (let at = 0; at < sealed.length; at += at < 160 ? 1 : 13) {
        const changed = sealed.slice();
        changed[at] = (changed[at] ?? 0) ^ 1;
        const opening = openDelta(changed, { ...options, imageHash });
        await expect(opening).rejects.toThrow(expect.objectContaining({ name: "DeltaError" }));
      }
    }
  });

  it("is refused when it was cut off or goes on after its end", async () => {
    const sealed = await sealDelta(delta, { owner, key });
    for (const length of [0, 7, 8, 19, 20, 51, 52, 100, sealed.length - 32, sealed.length - 1]) {
      const opening = openDelta(sealed.subarray(0, length), { owner, key, imageHash });
      await expect(opening).rejects.toThrow(expect.objectContaining({ name: "DeltaError" }));
    }
    const longer = new Uint8Array(sealed.length + 1);
    longer.set(sealed);
    await expect(openDelta(longer, { owner, key, imageHash })).rejects.toThrow(refusal("not_authentic"));
  });

  it("is refused with a right hash over an owner that is longer than everything", async () => {
    const sealed = await sealDelta(delta, { owner });
    for (const length of [0xffff_ffff, sealed.length, sealed.length - 20]) {
      new DataView(sealed.buffer).setUint32(16, length, true);
      const hash = await node.sha256(sealed.slice(0, -32));
      sealed.set(Buffer.from(hash, "hex"), sealed.length - 32);
      const opening = openDelta(sealed, { owner, imageHash });
      await expect(opening).rejects.toThrow(expect.objectContaining({ name: "DeltaError" }));
    }
  });

  it("of another version is told from damage", async () => {
    const sealed = await sealDelta(delta, { owner });
    sealed[8] = 2;
    await expect(openDelta(sealed, { owner, imageHash })).rejects.toThrow(refusal("version"));
  });

  it("is not made of what is no delta", async () => {
    await expect(sealDelta(new Uint8Array(1000), { owner })).rejects.toThrow(refusal("damaged"));
  });

  it("is not made for an owner who could be taken for another", async () => {
    for (const name of ["a\ud800", "\udc00"])
      await expect(sealDelta(delta, { owner: name })).rejects.toThrow(TypeError);
    await expect(sealDelta(delta, { owner: undefined as unknown as string })).rejects.toThrow(TypeError);
    await expect(sealDelta(delta, { owner: "x".repeat(1025) })).rejects.toThrow(RangeError);
  });

  it("is not made with a key that can be guessed", async () => {
    for (const length of [0, 31]) {
      await expect(sealDelta(delta, { owner, key: new Uint8Array(length) })).rejects.toThrow(RangeError);
    }
  });
});
