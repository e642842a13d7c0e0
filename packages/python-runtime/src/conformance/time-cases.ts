import type { Cases } from "./cases.js";
import { python } from "./python.js";

const waits: Readonly<Record<string, string>> = {
  "time.sleep": "import time; time.sleep(600)",
  "many short sleeps": "import time\nwhile True: time.sleep(0.01)",
  "sleeps that are caught": "import time\nwhile True:\n  try: time.sleep(600)\n  except BaseException: pass",
  "asyncio.sleep": "import asyncio; asyncio.run(asyncio.sleep(600))",
  "select.select": "import select; select.select([], [], [], 600)",
  "threading.Event": "import time\nend = time.monotonic() + 600\nwhile time.monotonic() < end: time.sleep(1)",
};

export function timeCases({ lab, expect, can }: Cases): void {
  can("is the host's", async () => {
    const before = Date.now();
    const told = Number(await lab.output("import time; print(time.time() * 1000)"));
    expect(told).toBeGreaterThanOrEqual(before - 50);
    expect(told).toBeLessThanOrEqual(Date.now() + 50);
  });

  can("goes on, on every clock, and is nowhere zero", async () => {
    const source = python`
      import time
      for clock in (time.time_ns, time.monotonic_ns, time.perf_counter_ns):
          first = clock()
          while clock() == first: pass
          print(first > 0, clock() > first)
      print(time.process_time_ns() >= 0)
    `;
    expect(await lab.output(source)).toBe(`${"True True\n".repeat(3)}True\n`);
  });

  can("does not tell how long the host has been up", async () => {
    const first = Number(await lab.output("import time; print(time.monotonic())"));
    expect(first).toBeLessThan(60);
  });

  can("is in UTC", async () => {
    const source =
      "import datetime, time\nprint(time.timezone, datetime.datetime.now().astimezone().utcoffset())";
    expect(await lab.output(source)).toBe("0 0:00:00\n");
  });

  can("is slept through as long as was asked for, and waits for nothing cost nothing", async () => {
    const source = python`
      import select, time
      for wait in (time.sleep, lambda s: select.select([], [], [], s)):
          begin = time.monotonic()
          wait(0.15)
          print(0.14 < time.monotonic() - begin < 2)
      begin = time.monotonic()
      for _ in range(100): time.sleep(0)
      print(time.monotonic() - begin < 1)
    `;
    expect(await lab.output(source)).toBe("True\nTrue\nTrue\n");
  });

  for (const [what, source] of Object.entries(waits)) {
    can(`that is waited for ends with the deadline: ${what}`, async () => {
      const begin = performance.now();
      const { end } = await lab.run(source, { deadline: begin + 1_000 });
      expect(end).toEqual({ kind: "stopped", reason: "timeout" });
      expect(performance.now() - begin).toBeGreaterThan(950);
      expect(performance.now() - begin).toBeLessThan(2_500);
      await lab.expectNormalRun();
    });
  }

  can("that is up before a wait begins lets none begin", async () => {
    const { end } = await lab.run("import time; time.sleep(600)", { deadline: performance.now() });
    expect(end).toEqual({ kind: "stopped", reason: "timeout" });
  });

  can("is not stopped where nothing waits for it", async () => {
    expect(await lab.output("print('done')", { deadline: performance.now() + 60_000 })).toBe("done\n");
  });
}
