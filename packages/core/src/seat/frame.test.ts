import { describe, expect, it } from "vitest";
import { encodeFrame, FrameReader } from "./frame.js";

const bytes = (content: string) => new TextEncoder().encode(content);
const text = (content: Uint8Array) => new TextDecoder().decode(content);
const joined = (parts: readonly Uint8Array[]) => new Uint8Array(Buffer.concat(parts));
const caps = { head: 100, body: 1000 };
const readerOf = () => new FrameReader((kind) => (kind === 9 ? undefined : caps));

/** The header that a frame of these lengths would have. */
function header(kind: number, head: number, body: number): Uint8Array<ArrayBuffer> {
  const start = new Uint8Array(9);
  new DataView(start.buffer).setUint8(0, kind);
  new DataView(start.buffer).setUint32(1, head, true);
  new DataView(start.buffer).setUint32(5, body, true);
  return start;
}

function read(reader: FrameReader): string[] {
  const frames: string[] = [];
  for (let frame = reader.next(); frame; frame = reader.next()) {
    frames.push(`${frame.kind}:${text(frame.head)}:${text(frame.body)}`);
  }
  return frames;
}

describe("frames", () => {
  const all = joined([
    ...encodeFrame(1, bytes("head"), [bytes("bo"), bytes("dy")]),
    ...encodeFrame(2),
    ...encodeFrame(3, undefined, [bytes("only a body")]),
    ...encodeFrame(4, bytes("only a head")),
  ]);
  const expected = ["1:head:body", "2::", "3::only a body", "4:only a head:"];

  it("are read as they were written", () => {
    const reader = readerOf();
    reader.push(all);
    expect(read(reader)).toEqual(expected);
  });

  it.each([1, 2, 3, 8, 9, 10, 25])("are read from pieces of %i bytes", (size) => {
    const reader = readerOf();
    const frames: string[] = [];
    for (let at = 0; at < all.length; at += size) {
      reader.push(all.slice(at, at + size));
      frames.push(...read(reader));
    }
    expect(frames).toEqual(expected);
  });
});

describe("what is no frame", () => {
  const refusal = expect.objectContaining({ name: "FrameError" });

  it("is refused when it begins, if nobody expects its kind", () => {
    const reader = readerOf();
    reader.push(header(9, 0, 0));
    expect(() => reader.next()).toThrow(refusal);
  });

  it.each([
    [101, 0],
    [0, 1001],
    [0, 2 ** 30],
    [2 ** 32 - 1, 2 ** 32 - 1],
  ])("is refused before anything of its %i and %i bytes has come", (head, body) => {
    const reader = readerOf();
    reader.push(header(1, head, body));
    expect(() => reader.next()).toThrow(refusal);
  });

  it("may be anything: it is refused, or waited for, and never read past its end", () => {
    let state = 1;
    const random = () => {
      state = (Math.imul(state, 1103515245) + 12345) >>> 0;
      return state >>> 16;
    };
    let refused = 0;
    for (let turn = 0; turn < 2000; turn++) {
      const reader = readerOf();
      const garbage = Uint8Array.from({ length: random() % 64 }, random);
      reader.push(garbage);
      try {
        for (let frame = reader.next(); frame; frame = reader.next()) {
          expect(frame.head.length + frame.body.length).toBeLessThan(garbage.length);
        }
      } catch (error) {
        expect(error).toEqual(refusal);
        refused += 1;
      }
    }
    expect(refused).toBeGreaterThan(1000);
  });
});
