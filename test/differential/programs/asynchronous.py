import asyncio
import contextlib
log = []
class Resource:
    async def __aenter__(self): log.append("open"); await asyncio.sleep(0); return self
    async def __aexit__(self, kind, error, tb): log.append(f"close {kind and kind.__name__}"); return kind is KeyError
    def __aiter__(self): self.n = 0; return self
    async def __anext__(self):
        self.n += 1
        if self.n > 3: raise StopAsyncIteration
        await asyncio.sleep(0)
        return self.n
async def producer(queue, n):
    for i in range(n):
        await queue.put(i)
        log.append(f"put {i}")
    await queue.put(None)
async def consumer(queue):
    got = []
    while (item := await queue.get()) is not None: got.append(item); log.append(f"got {item}")
    return got
async def fails(n):
    await asyncio.sleep(0)
    raise ValueError(n)
async def agen():
    try:
        for i in range(5):
            x = yield i
            if x: log.append(x)
    finally: log.append("agen closed")
async def main():
    queue = asyncio.Queue(maxsize=2)
    print(await asyncio.gather(producer(queue, 5), consumer(queue)))
    async with Resource() as r: print([x async for x in r], [x * y async for x in r for y in (1, 2)])
    async with Resource(): raise KeyError
    print(await asyncio.gather(fails(1), asyncio.sleep(0, "ok"), return_exceptions=True))
    try: await asyncio.wait_for(asyncio.sleep(10), 0.01)
    except TimeoutError as error: print("timeout", repr(error))
    task = asyncio.create_task(asyncio.sleep(10))
    await asyncio.sleep(0)
    task.cancel("because")
    try: await task
    except asyncio.CancelledError as error: print("cancelled", error.args, task.cancelled())
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(fails("a")); group.create_task(fails("b")); group.create_task(asyncio.sleep(5))
    except* ValueError as eg: print(sorted(str(e) for e in eg.exceptions))
    g = agen()
    print(await anext(g), await g.asend("sent"), await g.asend(None))
    await g.aclose()
    lock, event, order = asyncio.Lock(), asyncio.Event(), []
    async def waiter(name):
        await event.wait()
        async with lock: order.append(name); await asyncio.sleep(0); order.append(name)
    waiters = [asyncio.create_task(waiter(n)) for n in "abc"]
    await asyncio.sleep(0); event.set(); await asyncio.gather(*waiters)
    print(order)
    done, pending = await asyncio.wait([asyncio.create_task(asyncio.sleep(d, d)) for d in (0, 5)], return_when=asyncio.FIRST_COMPLETED)
    print([t.result() for t in done], len(pending)); [t.cancel() for t in pending]
    async with contextlib.AsyncExitStack() as stack: await stack.enter_async_context(Resource())
    loop = asyncio.get_running_loop(); future = loop.create_future(); loop.call_soon(future.set_result, "called"); print(await future)
    return "end"
print(asyncio.run(main()))
print(log)
async def never(): pass
c = never()
try: c.send(None)
except StopIteration as stop: print("stop", stop.value)
