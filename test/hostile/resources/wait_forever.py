"""Waits in other calls that block: select, poll, locks, event loops."""
from platform_sdk import send_output
import asyncio

try:
    import select
    select.select([], [], [], 0.01)
except BaseException:
    pass

async def forever():
    await asyncio.gather(*(asyncio.sleep(1e5) for _ in range(100)))

asyncio.run(forever())
send_output("BREACH:waited through the deadline")
