"""What an event loop offers beyond sleeping: threads, processes, servers, signals, pipes."""
from platform_sdk import send_output
import asyncio, sys

hits = []

async def attempt(name, make):
    try:
        got = await asyncio.wait_for(make(), 1)
        hits.append((name, repr(got)[:40]))
    except BaseException:
        pass

async def serve():
    server = await asyncio.start_server(print, "127.0.0.1", 0)
    return server.sockets[0].getsockname()

async def main():
    loop = asyncio.get_running_loop()
    await attempt("process", lambda: asyncio.create_subprocess_shell("true"))
    await attempt("server", lambda: serve())
    await attempt("unix", lambda: asyncio.open_unix_connection("/var/run/docker.sock"))
    await attempt("datagram", lambda: loop.create_datagram_endpoint(asyncio.DatagramProtocol, remote_addr=("127.0.0.1", 53)))
    await attempt("name", lambda: loop.getaddrinfo("example.com", 80))
    await attempt("pipe", lambda: loop.connect_read_pipe(asyncio.Protocol, sys.stdin))

try:
    asyncio.run(main())
except BaseException as error:
    hits += [("loop", repr(error)[:60])] if isinstance(error, AssertionError) else []
send_output("BREACH:" + repr(hits) if hits else "HELD:nothing but tasks")
