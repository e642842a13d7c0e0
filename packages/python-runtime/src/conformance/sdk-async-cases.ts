import type { Cases } from "./cases.js";
import { python } from "./python.js";
import { type News, refusal, ScriptedHost } from "./scripted-host.js";

/** Time that only sleeping moves, and at once: these cases wait for nothing. */
const repeatable = { seed: 1, nowMs: 0 };

export function sdkAsyncCases({ lab, expect, can }: Cases): void {
  can("has all calls of a gather under way before it waits for any", async () => {
    const host = new ScriptedHost();
    const source = python`
      import asyncio
      from platform_sdk import call_ai_async, embed_async
      async def main():
          print(await asyncio.gather(*(call_ai_async("m", str(n), temperature=n) for n in range(3))))
          print(await embed_async("m", ["a"]), await embed_async("m", []))
      asyncio.run(main())
      asyncio.run(main())
    `;
    expect(await lab.output(source, { door: host.door })).toBe(
      "['ECHO:0', 'ECHO:1', 'ECHO:2']\nNone []\n".repeat(2),
    );
    expect(host.ops.slice(0, 6)).toEqual(["begin", "begin", "begin", "next", "begin", "next"]);
  });

  can("runs other tasks while a call is under way, and wakes for the timers of both", async () => {
    const host = new ScriptedHost({ begun: () => [{}, {}, {}, { ok: "answer" }] });
    const source = python`
      import asyncio
      from platform_sdk import call_ai_async
      async def tick():
          for n in range(3):
              await asyncio.sleep(0.2)
              print("tick", n)
      async def ask():
          print(await call_ai_async("m", "p"))
      async def main():
          await asyncio.gather(ask(), tick())
      asyncio.run(main())
    `;
    expect(await lab.output(source, { door: host.door, repeatable })).toBe(
      "tick 0\ntick 1\ntick 2\nanswer\n".split("\n").sort().join("\n").trimStart().concat("\n"),
    );
    const waits = host.calls.flatMap((call) => (call.op === "next" ? [call.timeout_ms ?? 0] : []));
    expect(waits.every((ms) => ms === 0 || (ms > 150 && ms <= 200.1))).toBe(true);
  });

  can("ends a call that takes longer than the plugin's timeout", async () => {
    const host = new ScriptedHost({ begun: () => [] });
    const source = python`
      import asyncio, time
      from platform_sdk import call_ai_async
      async def main():
          for limit in (0.01, 5):
              begin = time.monotonic()
              try:
                  async with asyncio.timeout(limit):
                      await call_ai_async("m", "p")
              except TimeoutError:
                  print("timeout", limit <= time.monotonic() - begin < limit + 0.1)
          try:
              await asyncio.wait_for(call_ai_async("m", "p"), 1)
          except TimeoutError:
              print("wait_for")
      asyncio.run(main())
    `;
    expect(await lab.output(source, { door: host.door, repeatable })).toBe(
      "timeout True\ntimeout True\nwait_for\n",
    );
    expect(host.open).toEqual([]);
    expect(host.ops.filter((op) => op === "cancel")).toHaveLength(3);
    // The host does the waiting: a few calls, not one after the other until the time is over.
    expect(host.ops.filter((op) => op === "next").length).toBeLessThan(10);
  });

  can("keeps to its timeouts by a clock that runs", async () => {
    const host = new ScriptedHost({ begun: () => [] });
    const source = python`
      import asyncio, time
      from platform_sdk import call_ai_async
      async def main():
          begin = time.monotonic()
          try:
              async with asyncio.timeout(0.1): await call_ai_async("m", "p")
          except TimeoutError:
              print(time.monotonic() - begin >= 0.099)
      asyncio.run(main())
    `;
    expect(await lab.output(source, { door: host.door })).toBe("True\n");
    expect(host.ops.filter((op) => op === "next").length).toBeLessThan(10);
  });

  can("ends the call of a task that is cancelled, and no other", async () => {
    const host = new ScriptedHost({
      begun: (_, ticket) => (ticket === 1 ? [] : [{}, { ok: "answer" }]),
    });
    const source = python`
      import asyncio
      from platform_sdk import call_ai_async
      async def main():
          first = asyncio.create_task(call_ai_async("m", "1"))
          second = asyncio.create_task(call_ai_async("m", "2"))
          await asyncio.sleep(0)
          first.cancel()
          print(await second, first.cancelled())
      asyncio.run(main())
    `;
    expect(await lab.output(source, { door: host.door })).toBe("answer True\n");
    expect(host.calls.filter(({ op }) => op === "cancel")).toEqual([{ op: "cancel", ticket: 1 }]);
  });

  can("ends all calls when the program ends without waiting for them", async () => {
    const host = new ScriptedHost({ begun: () => [] });
    const source = python`
      import asyncio
      from platform_sdk import call_ai_async, stream_ai_async
      async def main():
          global task, stream
          task = asyncio.create_task(call_ai_async("m", "p"))
          stream = stream_ai_async("m", "p")
          await asyncio.sleep(0)
          raise KeyError("enough")
      try:
          asyncio.run(main())
      except KeyError as error:
          del stream
          print(error)
    `;
    expect(await lab.output(source, { door: host.door })).toBe("'enough'\n");
    expect(host.open).toEqual([]);
  });

  can("raises the host's refusal where the answer is awaited", async () => {
    const host = new ScriptedHost({
      begun: (_, ticket) =>
        ticket === 1 ? [refusal("timeout", "late") as News] : refusal("too_many_calls", "enough"),
    });
    const source = python`
      import asyncio
      from platform_sdk import AIError, call_ai_async
      async def main():
          answers = await asyncio.gather(call_ai_async("m", "1"), call_ai_async("m", "2"), return_exceptions=True)
          print([str(each) for each in answers], all(isinstance(each, AIError) for each in answers))
      asyncio.run(main())
    `;
    expect(await lab.output(source, { door: host.door })).toBe(
      "['timeout: late', 'too_many_calls: enough'] True\n",
    );
  });

  can("makes many calls in order, and ends the others when one fails", async () => {
    const host = new ScriptedHost({
      begun: ({ call }) =>
        "prompt" in call && call.prompt === "bad" ? [refusal("refused") as News] : [{}, { ok: call.op }],
    });
    const source = python`
      import asyncio
      from platform_sdk import AIError, call_ai_many_async
      async def main():
          print(await call_ai_many_async([("m", "1"), {"model": "m", "prompt": "2"}]), await call_ai_many_async([]))
          calls = [("m", "1"), ("m", "bad"), ("m", "3")]
          print(await call_ai_many_async(calls, return_errors=True))
          try:
              await call_ai_many_async(calls)
          except AIError as error:
              print(error, error.__notes__)
          print(len(await call_ai_many_async([("m", "p")] * 200)))
      asyncio.run(main())
    `;
    expect(await lab.output(source, { door: host.door })).toBe(
      [
        "['call_ai', 'call_ai'] []",
        "['call_ai', AIError('refused', 'no'), 'call_ai']",
        "refused: no ['in calls[1] of call_ai_many']",
        "200\n",
      ].join("\n"),
    );
    expect(host.open).toEqual([]);
  });

  can("streams answers side by side", async () => {
    const host = new ScriptedHost({
      begun: (_, ticket) => [{ text: `${ticket}a` }, { text: `${ticket}b`, ok: null }],
    });
    const source = python`
      import asyncio
      from platform_sdk import stream_ai_async
      async def read(prompt):
          return [text async for text in stream_ai_async("m", prompt)]
      async def main():
          print(await asyncio.gather(read("1"), read("2")))
      asyncio.run(main())
    `;
    expect(await lab.output(source, { door: host.door })).toBe("[['1a', '1b'], ['2a', '2b']]\n");
    expect(host.ops).toEqual(["begin", "begin", "next", "next"]);
  });

  can("ends a streamed answer that is left, closed or cancelled", async () => {
    const host = new ScriptedHost({ begun: () => [{ text: "a" }] });
    const source = python`
      import asyncio
      from platform_sdk import stream_ai_async
      async def read(stream):
          async for _ in stream: pass
      async def main():
          async for text in stream_ai_async("m", "left"): break
          stream_ai_async("m", "never looked at")
          stream = stream_ai_async("m", "closed")
          print(await anext(stream))
          await stream.aclose(); await stream.aclose()
          print([text async for text in stream])
          async with stream_ai_async("m", "with") as stream: await anext(stream)
          kept = stream_ai_async("m", "cancelled")
          try:
              async with asyncio.timeout(1): await read(kept)
          except TimeoutError:
              print([text async for text in kept])
      asyncio.run(main())
    `;
    expect(await lab.output(source, { door: host.door, repeatable })).toBe("a\n[]\n[]\n");
    expect(host.open).toEqual([]);
    expect(host.ops.filter((op) => op === "cancel")).toHaveLength(5);
  });

  can("gives what a model said before it failed, then the error, also to a late reader", async () => {
    const host = new ScriptedHost({
      begun: (_, ticket) =>
        ticket === 1 ? [{ text: "a" }, { text: "b", ...refusal("unavailable") }] : [{}, {}, {}, { ok: "x" }],
    });
    const source = python`
      import asyncio
      from platform_sdk import AIError, call_ai_async, stream_ai_async
      async def main():
          stream = stream_ai_async("m", "1")
          await call_ai_async("m", "2")
          try:
              async for text in stream: print(text)
          except AIError as error:
              print(error.code, [text async for text in stream])
      asyncio.run(main())
    `;
    expect(await lab.output(source, { door: host.door })).toBe("ab\nunavailable []\n");
  });

  can("lets one task read a stream, not two at once", async () => {
    const host = new ScriptedHost({ begun: () => [{}, { text: "a" }, { ok: null }] });
    const source = python`
      import asyncio
      from platform_sdk import stream_ai_async
      async def main():
          stream = stream_ai_async("m", "p")
          print(await asyncio.gather(anext(stream), anext(stream), return_exceptions=True))
      asyncio.run(main())
    `;
    expect(await lab.output(source, { door: host.door })).toBe(
      "['a', RuntimeError('another task is already waiting for this stream')]\n",
    );
  });

  can("hears of answers also while a task never rests, without asking all the time", async () => {
    const host = new ScriptedHost({ begun: () => [{}, { ok: "answer" }] });
    const source = python`
      import asyncio
      from platform_sdk import call_ai_async
      async def main():
          task = asyncio.create_task(call_ai_async("m", "p"))
          passes = 0
          while not task.done():
              await asyncio.sleep(0)
              passes += 1
          print(await task, passes > 100)
      asyncio.run(main())
    `;
    expect(await lab.output(source, { door: host.door, repeatable })).toBe("answer True\n");
    expect(host.ops).toEqual(["begin", "next", "next"]);
  });

  can("asks seldom while a task sleeps a little again and again", async () => {
    const host = new ScriptedHost({ begun: () => [{}, {}, {}, {}, { ok: "answer" }] });
    const source = python`
      import asyncio
      from platform_sdk import call_ai_async
      async def main():
          task = asyncio.create_task(call_ai_async("m", "p"))
          naps = 0
          while not task.done():
              await asyncio.sleep(0.001)
              naps += 1
          print(await task, naps > 100)
      asyncio.run(main())
    `;
    expect(await lab.output(source, { door: host.door, repeatable })).toBe("answer True\n");
    expect(host.ops.filter((op) => op === "next").length).toBeLessThan(7);
  });

  can("fails every call that waits when the host refuses to be asked", async () => {
    let isRefused = false;
    const host = new ScriptedHost({ begun: () => [] });
    const door = (op: string, payload: Uint8Array) => {
      isRefused ||= op === "next";
      return op === "next"
        ? new TextEncoder().encode(JSON.stringify(refusal("too_many_calls")))
        : host.door(op, payload);
    };
    const source = python`
      import asyncio
      from platform_sdk import call_ai_async, stream_ai_async
      async def main():
          async def read(): return [text async for text in stream_ai_async("m", "p")]
          print(await asyncio.gather(call_ai_async("m", "p"), read(), return_exceptions=True))
      asyncio.run(main())
    `;
    const error = "AIError('too_many_calls', 'no')";
    expect(await lab.output(source, { door })).toBe(`[${error}, ${error}]\n`);
    expect({ isRefused, open: host.open }).toEqual({ isRefused: true, open: [] });
  });

  can("still says so where nothing could ever wake the loop", async () => {
    const host = new ScriptedHost();
    const source = python`
      import asyncio
      from platform_sdk import call_ai_async
      async def main():
          await call_ai_async("m", "p")
          await asyncio.Event().wait()
      asyncio.run(main())
    `;
    const { end } = await lab.run(source, { door: host.door });
    expect(end).toMatchObject({ kind: "raised", error: { type: "RuntimeError", line: 6 } });
  });

  can("answers calls of several loops, of task groups, and blocking ones in between", async () => {
    const host = new ScriptedHost({
      answer: (call) => ({ ok: call.op === "call_ai" ? `ECHO:${call.prompt}` : null }),
    });
    const source = python`
      import asyncio
      from platform_sdk import call_ai, call_ai_async, call_ai_many, stream_ai
      async def main():
          async with asyncio.TaskGroup() as group:
              tasks = [group.create_task(call_ai_async("m", str(n))) for n in range(2)]
              await asyncio.sleep(0)
              print(call_ai("m", "now"), call_ai_many([("m", "many")]))
          print([task.result() for task in tasks])
      loops = [asyncio.new_event_loop() for _ in range(2)]
      for loop in loops: loop.run_until_complete(main())
      for loop in loops: loop.close()
      with asyncio.Runner(debug=True) as runner: runner.run(main())
    `;
    expect(await lab.output(source, { door: host.door })).toBe(
      "ECHO:now ['ECHO:many']\n['ECHO:0', 'ECHO:1']\n".repeat(3),
    );
    expect(host.open).toEqual([]);
  });

  can("says that it needs a running loop", async () => {
    const source = "from platform_sdk import stream_ai_async\nstream_ai_async('m', 'p')";
    const { end } = await lab.run(source, { door: new ScriptedHost().door });
    expect(end).toMatchObject({
      kind: "raised",
      error: { type: "RuntimeError", message: "no running event loop" },
    });
  });
}
