import type { Checkpoint, Instance } from "../port.js";
import type { Cases } from "./cases.js";

type CheckpointingInstance = Required<Pick<Instance, "checkpoint" | "resume">> & Instance;

export function checkpointCases({ lab, expect, can }: Cases): void {
  let printed = "";

  async function instance(): Promise<CheckpointingInstance> {
    const found = await (await lab.runtime()).open(await lab.artifact(), {
      door: () => new Uint8Array(),
      print: (_stream, chunk) => {
        printed += new TextDecoder().decode(chunk);
      },
    });
    const { checkpoint, resume } = found;
    if (!checkpoint || !resume) throw new Error("a runtime that keeps __main__ can take checkpoints");
    return found as CheckpointingInstance;
  }

  async function output(where: Instance, source: string): Promise<string> {
    printed = "";
    const end = await where.run({ source, fileName: "p.py", input: "", maxPrintBytes: 1000, keepMain: true });
    expect(end).toEqual({ kind: "completed" });
    return printed;
  }

  function taken(checkpoint: Checkpoint): Uint8Array {
    if (checkpoint.kind !== "taken") throw new Error(`no checkpoint: ${checkpoint.kind}`);
    return checkpoint.delta;
  }

  can("goes on in another instance, any number of times, from what the first had done", async () => {
    const first = await instance();
    await output(first, "import json\nnotes = ['first']\ndef told(): return json.dumps(notes)");
    const delta = taken(first.checkpoint());
    await output(first, "notes.append('too late')");
    for (const name of ["left", "right"]) {
      const other = await instance();
      other.resume(delta);
      expect(await output(other, `notes.append('${name}')\nprint(told())`)).toBe(`["first", "${name}"]\n`);
      other.close();
    }
    first.close();
  });

  can("leaves nothing in an instance that is reset", async () => {
    const seat = await instance();
    await output(seat, "import builtins\nbuiltins.MARK = mark = 1");
    const delta = taken(seat.checkpoint());
    await seat.reset();
    seat.resume(delta);
    expect(await output(seat, "print(mark, MARK)")).toBe("1 1\n");
    await seat.reset();
    expect(await output(seat, "import builtins\nprint('mark' in globals(), hasattr(builtins, 'MARK'))")).toBe(
      "False False\n",
    );
    seat.close();
  });

  can("is refused by an instance that is not clean", async () => {
    const seat = await instance();
    const delta = taken(seat.checkpoint());
    await output(seat, "x = 1");
    expect(() => seat.resume(delta)).toThrow("reset it first");
    seat.close();
  });

  can("is refused where it is damaged, and the instance can be used", async () => {
    const seat = await instance();
    const delta = taken(seat.checkpoint());
    for (const bytes of [new Uint8Array(), delta.subarray(0, -1), new Uint8Array(10_000).fill(0x77)]) {
      expect(() => seat.resume(bytes)).toThrow("The delta");
    }
    seat.resume(delta);
    expect(await output(seat, "print(1)")).toBe("1\n");
    seat.close();
  });

  can("cannot be taken of a run that was cut off", async () => {
    const seat = await instance();
    await seat.run({
      source: "import os\nos._exit(0)",
      fileName: "p.py",
      input: "",
      maxPrintBytes: 0,
      keepMain: true,
    });
    expect(seat.checkpoint()).toEqual({ kind: "interrupted" });
    seat.close();
  });

  can("is no larger than asked for", async () => {
    const seat = await instance();
    await output(seat, "data = bytes(range(256)) * 256");
    expect(seat.checkpoint({ maxBytes: 60_000 }).kind).toBe("too_large");
    expect(seat.checkpoint({ maxBytes: 600_000 }).kind).toBe("taken");
    seat.close();
  });
}

/** For a runtime that does not say `keepsMain`. */
export function noCheckpointCases({ lab, expect, can }: Cases): void {
  can("is not offered", async () => {
    const { checkpoint, resume } = await lab.instance();
    expect([checkpoint, resume]).toEqual([undefined, undefined]);
  });
}
