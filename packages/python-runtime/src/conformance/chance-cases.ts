import type { Cases } from "./cases.js";
import { python } from "./python.js";

const draws: Readonly<Record<string, string>> = {
  "random.random": "import random; print(random.random())",
  "random.Random": "import random; print(random.Random().random())",
  "random.gauss": "import random; print(random.gauss(0, 1))",
  "os.urandom": "import os; print(os.urandom(16).hex())",
  "uuid.uuid4": "import uuid; print(uuid.uuid4())",
  secrets: "import secrets; print(secrets.token_hex())",
  SystemRandom: "import random; print(random.SystemRandom().random())",
  shuffle: "import random\nx = list(range(100)); random.shuffle(x); print(x)",
  "names of temporary files": "import tempfile; print(next(tempfile._get_candidate_names()))",
};

const everything = python`
  import datetime, os, random, secrets, sys, time, uuid
  print(time.time_ns(), time.monotonic_ns(), time.process_time_ns(), datetime.datetime.now())
  print(random.random(), random.gauss(0, 1), os.urandom(8), uuid.uuid4(), uuid.uuid1(), secrets.token_hex())
  print({str(n) for n in range(20)}, hash("text"), id(object()), object())
  time.sleep(0.01)
  print(time.time_ns(), random.Random().random(), os.stat("/a.txt"), sys.getrefcount(None) > 0)
`;

export function chanceCases({ lab, expect, can }: Cases): void {
  for (const [what, source] of Object.entries(draws)) {
    can(`differs between two runs: ${what}`, async () => {
      expect(await lab.output(source)).not.toBe(await lab.output(source));
    });
  }

  can("differs within a run", async () => {
    expect(
      await lab.output(
        "import os, random\nprint(random.random() != random.random(), os.urandom(9) != os.urandom(9))",
      ),
    ).toBe("True True\n");
  });

  can("comes in any amount", async () => {
    const source = "import os\nprint(len(os.urandom(200_000)), len(set(os.urandom(200_000))), os.urandom(0))";
    expect(await lab.output(source)).toBe("200000 256 b''\n");
  });

  const repeat = (seed: number, nowMs = 1_700_000_000_000) =>
    lab.output(everything, { repeatable: { seed, nowMs }, files: { "a.txt": new Uint8Array(3) } });

  can("is the same again for the same seed and time, whatever ran in between", async () => {
    const first = await repeat(42);
    await lab.output("import random\nrandom.seed(1)");
    await lab.run("x = bytearray(30 << 20)\n1/0");
    await lab.output(everything, { files: { "a.txt": new Uint8Array(3) } });
    expect(await repeat(42)).toBe(first);
  });

  can("is another for another seed", async () => {
    const line = async (seed: number) => (await repeat(seed)).split("\n")[1];
    expect(await line(1)).not.toBe(await line(2));
  });

  can("takes seeds from anywhere among the safe integers, and no others", async () => {
    const draw = (seed: number) =>
      lab.output("import os; print(os.urandom(8))", { repeatable: { seed, nowMs: 0 } });
    const seeds = [0, -1, 1, 2 ** 32, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER];
    const drawn = [];
    for (const seed of seeds) {
      drawn.push(await draw(seed));
    }
    expect(new Set(drawn).size).toBe(seeds.length);
    for (const seed of [0.5, Number.NaN, 2 ** 60]) {
      await expect(draw(seed)).rejects.toThrow(TypeError);
    }
  });

  can("goes with a clock that begins where it is told and moves only by what happens", async () => {
    const source = python`
      import time
      begin = time.time()
      time.sleep(3600)
      print(int(begin), round(time.time() - begin))
    `;
    const begin = performance.now();
    expect(await lab.output(source, { repeatable: { seed: 1, nowMs: 1_000_000_000_000 } })).toBe(
      "1000000000 3600\n",
    );
    expect(performance.now() - begin).toBeLessThan(10_000);
  });
}
