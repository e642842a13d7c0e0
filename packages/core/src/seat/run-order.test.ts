import { describe, expect, it } from "vitest";
import { FrameReader } from "./frame.js";
import { encodeRunOrder, parseRunOrder, type RunOrder } from "./run-order.js";

const bytes = (...values: number[]) => Uint8Array.of(...values);

function there(order: RunOrder): RunOrder {
  const reader = new FrameReader(() => ({ head: 1e6, body: 1e6 }));
  reader.push(new Uint8Array(Buffer.concat(encodeRunOrder(order))));
  const frame = reader.next();
  if (frame === undefined) throw new Error("the order is not whole");
  return parseRunOrder(frame);
}

const least = { source: "", fileName: "p.py", input: bytes(), maxPrintBytes: 0 };

describe("an order to run something", () => {
  it("arrives as it was given", () => {
    const order: RunOrder = {
      request: {
        source: "print('é \ud800')",
        fileName: "a\ud800\n.py",
        input: bytes(1, 2, 3),
        inputFile: { name: "i\u0000.png", mediaType: "image/png", bytes: bytes(4) },
        files: { "b/c.txt": bytes(5, 6), empty: bytes(), "z.bin": bytes(7) },
        imports: { allow: ["json"] },
        repeatable: { seed: 1, nowMs: 2 },
        maxPrintBytes: 99,
      },
      deadlineInMs: 12.5,
      session: { delta: bytes(8, 9), maxDeltaBytes: 10 },
    };
    expect(there(order)).toEqual(order);
  });

  it("has what is left out left out", () => {
    expect(there({ request: least, deadlineInMs: 1 })).toEqual({ request: least, deadlineInMs: 1 });
    expect(there({ request: least, deadlineInMs: 1, session: {} }).session).toEqual({});
  });

  it("keeps bytes as bytes, whose encoding the plugin may declare, and text as text", () => {
    expect(there({ request: { ...least, source: bytes(0xe9) }, deadlineInMs: 1 }).request.source).toEqual(
      bytes(0xe9),
    );
    expect(there({ request: { ...least, input: "é" }, deadlineInMs: 1 }).request.input).toEqual(
      bytes(0xc3, 0xa9),
    );
  });

  it("takes files under any name", () => {
    const files = JSON.parse('{"__proto__": 0, "constructor": 0}') as Record<string, unknown>;
    for (const name of Object.keys(files)) files[name] = bytes(1);
    const request = { ...least, files: files as Record<string, Uint8Array> };
    expect(Object.keys(there({ request, deadlineInMs: 1 }).request.files ?? {})).toEqual([
      "__proto__",
      "constructor",
    ]);
  });
});
