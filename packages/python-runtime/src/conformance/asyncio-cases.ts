import type { Cases } from "./cases.js";
import { python } from "./python.js";

export function asyncioCases({ lab, expect, can }: Cases): void {
  can("runs tasks side by side", async () => {
    const source = python`
      import asyncio, time
      async def work(name, seconds):
          await asyncio.sleep(seconds)
          print(name)
          return name
      async def main():
          begin = time.monotonic()
          print(await asyncio.gather(work("slow", 0.2), work("fast", 0.1), work("at once", 0)))
          print(time.monotonic() - begin < 0.29)
      asyncio.run(main())
    `;
    expect(await lab.output(source)).toBe("at once\nfast\nslow\n['slow', 'fast', 'at once']\nTrue\n");
  });

  can("has timeouts, queues, locks, groups and cancellation", async () => {
    const source = python`
      import asyncio
      async def main():
          try:
              async with asyncio.timeout(0.02): await asyncio.sleep(60)
          except TimeoutError:
              print("timeout")
          try:
              await asyncio.wait_for(asyncio.Event().wait(), 0.02)
          except TimeoutError:
              print("wait_for")
          queue = asyncio.Queue(1)
          async def produce():
              for n in range(3): await queue.put(n)
          async with asyncio.TaskGroup() as group:
              group.create_task(produce())
              print([await queue.get() for _ in range(3)])
          task = asyncio.create_task(asyncio.sleep(60))
          await asyncio.sleep(0)
          task.cancel()
          print((await asyncio.gather(task, return_exceptions=True))[0].__class__.__name__)
          async with asyncio.Lock(): print("locked")
          print(await asyncio.to_thread(lambda: "to_thread") if hasattr(asyncio, "to_thread") else "")
      asyncio.run(main())
    `;
    expect(await lab.output(source)).toBe(
      "timeout\nwait_for\n[0, 1, 2]\nCancelledError\nlocked\nto_thread\n",
    );
  });

  can("is the same the second time in a run, and by hand", async () => {
    const source = python`
      import asyncio
      async def f(): return await asyncio.sleep(0, "x")
      print(asyncio.run(f()), asyncio.run(f()))
      loop = asyncio.new_event_loop()
      print(loop.run_until_complete(f()))
      loop.call_later(0.01, loop.stop)
      loop.run_forever()
      loop.close()
      with asyncio.Runner() as runner: print(runner.run(f()))
    `;
    expect(await lab.output(source)).toBe("x x\nx\nx\n");
  });

  can("has its exceptions in the plugin's line", async () => {
    const { end } = await lab.run("import asyncio\nasync def f():\n  raise KeyError(1)\nasyncio.run(f())");
    expect(end).toMatchObject({ kind: "raised", error: { type: "KeyError", line: 3 } });
  });

  can("says so where nothing could ever wake it", async () => {
    const { end } = await lab.run("import asyncio\nasyncio.run(asyncio.Event().wait())");
    expect(end).toMatchObject({ kind: "raised", error: { type: "RuntimeError", line: 2 } });
  });

  can("refuses connections and processes as ordinary exceptions", async () => {
    const source = python`
      import asyncio
      async def serve():
          server = await asyncio.start_server(print, "127.0.0.1", 0)
          if not server.sockets: raise OSError("it serves nobody")
      async def main():
          for start in (
              lambda: asyncio.open_connection("127.0.0.1", 80),
              serve,
              lambda: asyncio.create_subprocess_exec("id"),
          ):
              try:
                  await start()
                  print("did it")
              except Exception:
                  print("refused")
      asyncio.run(main())
    `;
    expect(await lab.output(source)).toBe("refused\n".repeat(3));
  });
}
