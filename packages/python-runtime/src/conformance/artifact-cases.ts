import type { Cases } from "./cases.js";

export function artifactCases({ lab, expect, can }: Cases): void {
  can("names its runtime, its image and its limits", async () => {
    const artifact = await lab.artifact();
    expect(artifact.runtime).toBe((await lab.runtime()).name);
    expect(artifact.imageHash).toMatch(/^[0-9a-f]{64}$/);
    expect(artifact.limits.memoryMb).toBe(128);
  });

  can("has the same image hash whatever its limits", async () => {
    const other = await (await lab.runtime()).compile({ memoryMb: 32 });
    expect(other.imageHash).toBe((await lab.artifact()).imageHash);
  });

  can("opens in another thread, as far as posting it goes", async () => {
    const instance = await (await lab.runtime()).open(structuredClone(await lab.artifact()), {
      door: () => new Uint8Array(),
      print: () => {},
    });
    const request = { source: "x = 1", fileName: "a.py", input: "", maxPrintBytes: 1000 };
    expect(await instance.run(request)).toEqual({ kind: "completed" });
    instance.close();
  });

  can("of another runtime is refused", async () => {
    const runtime = await lab.runtime();
    const foreign = { runtime: "another" as "stock", imageHash: "", limits: { memoryMb: 64 } };
    await expect(runtime.open(foreign, { door: () => new Uint8Array(), print: () => {} })).rejects.toThrow();
  });

  for (const memoryMb of [0, -1, Number.NaN, Number.POSITIVE_INFINITY, 1e9, 1]) {
    can(`is not made for ${memoryMb} MB of memory`, async () => {
      const runtime = await lab.runtime();
      await expect(runtime.compile({ memoryMb })).rejects.toThrow(/memory/i);
    });
  }

  can("makes instances that know nothing of each other", async () => {
    const runtime = await lab.runtime();
    const open = async (said: string[]) =>
      runtime.open(await lab.artifact(), {
        door: () => new Uint8Array(),
        print: (_, chunk) => void said.push(new TextDecoder().decode(chunk)),
      });
    const [first, second]: [string[], string[]] = [[], []];
    const [a, b] = [await open(first), await open(second)];
    const request = { fileName: "a.py", input: "", maxPrintBytes: 1000 };
    await a.run({ ...request, source: "import json\njson.mine = 1\nprint('a')" });
    await b.run({ ...request, source: "import json\nprint(hasattr(json, 'mine'))" });
    expect([first.join(""), second.join("")]).toEqual(["a\n", "False\n"]);
    a.close();
    b.close();
  });

  can("makes instances that do not run once they are closed", async () => {
    const runtime = await lab.runtime();
    const instance = await runtime.open(await lab.artifact(), {
      door: () => new Uint8Array(),
      print: () => {},
    });
    instance.close();
    instance.close();
    const request = { source: "x = 1", fileName: "a.py", input: "", maxPrintBytes: 1000 };
    await expect(instance.run(request)).rejects.toThrow(/closed/);
  });
}
