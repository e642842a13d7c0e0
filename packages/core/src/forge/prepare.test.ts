import { describe, expect, it } from "vitest";
import { createForge } from "./create-forge.js";

const oneSeat = { seats: 1, pool: { spares: 0 } } as const;
const isCompiled = "import _forge\nprint(_forge.supply('code') is not None)\n";
const large = isCompiled + "x = 1\n".repeat(20_000);

describe("a prepared plugin", () => {
  const text = "print('first')\nif not print:\n    import no_such_module\n";
  it.each([
    ["bytes", new TextEncoder().encode(text)],
    // Its `slice` is no copy.
    ["a Buffer", Buffer.from(text)],
  ])("is what was given as %s, checked, hashed and unchangeable", async (_, source) => {
    await using forge = await createForge(oneSeat);
    const prepared = await forge.prepare({ name: "p", source });
    source.fill(32);
    expect(Object.isFrozen(prepared)).toBe(true);
    expect(prepared).toMatchObject({ name: "p", sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(prepared.report.problems.map(({ code }) => code)).toEqual(["import_unknown"]);
    const outcome = await forge.run(prepared);
    expect(outcome.stdout).toBe("first\n");
  });

  it("is compiled once in a seat, though it is large", async () => {
    await using forge = await createForge(oneSeat);
    const prepared = await forge.prepare({ name: "large", source: large });
    const printed = [];
    for (let turn = 0; turn < 3; turn += 1) printed.push((await forge.run(prepared)).stdout);
    expect(printed).toEqual(["False\n", "True\n", "True\n"]);
  });

  it("is told from one that only looks like it", async () => {
    await using forge = await createForge(oneSeat);
    const likeIt = { ...(await forge.prepare({ name: "large", source: large })), isPrepared: true };
    for (let turn = 0; turn < 3; turn += 1) {
      const { stdout } = await forge.run(likeIt);
      expect(stdout).toBe("False\n");
    }
  });
});
