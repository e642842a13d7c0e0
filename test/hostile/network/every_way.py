"""Every module that can open a connection, aimed at the model server of the host."""
from platform_sdk import get_input, send_output
import json

port = int(json.loads(get_input())["port"])
hits = []

def attempt(name, call):
    try:
        got = call()
        if got:
            hits.append((name, repr(got)[:60]))
    except BaseException:
        pass

def by_hand(kind):
    import socket
    connection = socket.socket(socket.AF_INET, kind)
    connection.settimeout(1)
    connection.connect(("127.0.0.1", port))
    connection.sendall(b"GET / HTTP/1.0\r\n\r\n")
    return connection.recv(20)

async def stream():
    import asyncio
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"GET / HTTP/1.0\r\n\r\n")
    return await reader.read(20)

attempt("stream socket", lambda: by_hand(1))
attempt("datagram socket", lambda: by_hand(2))
attempt("socket of a descriptor", lambda: __import__("socket").socket(fileno=3).recv(10))
attempt("socketpair", lambda: __import__("socket").socketpair()[0].send(b"x"))
attempt("server", lambda: __import__("socket").create_server(("127.0.0.1", 0)).getsockname()[1])
attempt("name", lambda: __import__("socket").getaddrinfo("example.com", 80))
attempt("host name", lambda: __import__("socket").gethostbyname("localhost."))
attempt("urllib", lambda: __import__("urllib.request", fromlist=["x"]).urlopen("http://127.0.0.1:%d/" % port, timeout=1).read(20))
attempt("http", lambda: __import__("http.client", fromlist=["x"]).HTTPConnection("127.0.0.1", port, timeout=1).request("GET", "/") or "sent")
attempt("ftp", lambda: __import__("ftplib").FTP("127.0.0.1", timeout=1))
attempt("asyncio", lambda: __import__("asyncio").run(stream()))
attempt("bash's device", lambda: open("/dev/tcp/127.0.0.1/%d" % port).read(10))
send_output("BREACH:" + repr(hits) if hits else "HELD:no connection")
