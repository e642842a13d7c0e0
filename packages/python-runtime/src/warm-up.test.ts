import { describe, expect, it } from "vitest";
import { forgedRuntime } from "./platform/runtimes.js";
import { hasImage } from "./test/image.js";
import { warmUp } from "./warm-up.js";

describe.skipIf(!hasImage)("an instance that was warmed up", () => {
  it("is as clean as before, and nothing was printed or called", async () => {
    const seen: string[] = [];
    const runtime = forgedRuntime();
    const instance = await runtime.open(await runtime.compile({ memoryMb: 64 }), {
      door: (op) => {
        seen.push(op);
        return new Uint8Array();
      },
      print: (_stream, chunk) => void seen.push(new TextDecoder().decode(chunk)),
    });
    await warmUp(instance, 20);
    expect(seen).toEqual([]);
    const source = "print('Pair' in globals(), 'triangle' in globals())";
    expect(await instance.run({ source, fileName: "p.py", input: "", maxPrintBytes: 100 })).toEqual({
      kind: "completed",
    });
    expect(seen.join("")).toBe("False False\n");
  });
});
