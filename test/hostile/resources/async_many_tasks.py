"""Thousands of tasks that wait for each other, and one that is never done."""
from platform_sdk import send_output
import asyncio

async def link(before):
    return await before if before else 0

async def main():
    task = None
    for _ in range(2_000):
        task = asyncio.ensure_future(link(task))
    await task
    await asyncio.gather(*(asyncio.sleep(0) for _ in range(5_000)))
    asyncio.ensure_future(asyncio.sleep(1e6))

try:
    asyncio.run(main())
    send_output("INFO:all done")
except (RecursionError, MemoryError, OSError, AttributeError) as error:
    send_output("INFO:" + type(error).__name__)
