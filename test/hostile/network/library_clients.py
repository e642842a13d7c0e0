"""Every client and server of the library, aimed at the host's own ports."""
from platform_sdk import get_input, send_output
import json

port = int(json.loads(get_input())["port"])
here = ("127.0.0.1", port)
url = "http://127.0.0.1:%d/" % port
ways = {
    "smtp": lambda: __import__("smtplib").SMTP(*here, timeout=1), "imap": lambda: __import__("imaplib").IMAP4(*here, timeout=1), "pop": lambda: __import__("poplib").POP3(*here, timeout=1), "ftp": lambda: __import__("ftplib").FTP().connect(*here, timeout=1),
    "xmlrpc": lambda: __import__("xmlrpc.client", fromlist=["x"]).ServerProxy(url).x(), "https": lambda: __import__("http.client", fromlist=["x"]).HTTPSConnection(*here, timeout=1).connect() or 1,
    "robots": lambda: __import__("urllib.robotparser", fromlist=["x"]).RobotFileParser(url).read() or None, "sax": lambda: __import__("xml.sax", fromlist=["x"]).parse(url, __import__("xml.sax.handler", fromlist=["x"]).ContentHandler()) or 1,
    "logging": lambda: __import__("logging.handlers", fromlist=["x"]).SocketHandler(*here).makeSocket(), "syslog": lambda: __import__("logging.handlers", fromlist=["x"]).SysLogHandler(here).socket.send(b"x"),
    "http log": lambda: __import__("logging.handlers", fromlist=["x"]).HTTPHandler("127.0.0.1:%d" % port, "/").getConnection("127.0.0.1:%d" % port, False).connect() or 1, "remote manager": lambda: __import__("multiprocessing.managers", fromlist=["x"]).BaseManager(here).connect() or 1,
    "listener": lambda: __import__("multiprocessing.connection", fromlist=["x"]).Listener().address, "client": lambda: __import__("multiprocessing.connection", fromlist=["x"]).Client(here), "tls": lambda: __import__("ssl").get_server_certificate(here),
    "serve http": lambda: __import__("http.server", fromlist=["x"]).HTTPServer(("", 0), None).server_address, "serve udp": lambda: __import__("socketserver").UDPServer(("", 0), None).server_address, "wsgi": lambda: __import__("wsgiref.simple_server", fromlist=["x"]).make_server("", 0, None).server_address,
    "server": lambda: __import__("asyncio").run(__import__("asyncio").start_server(print, "127.0.0.1", 0)).sockets[0].getsockname(), "telnet": lambda: __import__("telnetlib").Telnet(*here, timeout=1), "news": lambda: __import__("nntplib").NNTP("127.0.0.1", port, timeout=1),
    "data and file": lambda: __import__("urllib.request", fromlist=["x"]).urlopen("file:///etc/passwd").read(5) , "monitor": lambda: __import__("selectors").DefaultSelector().register(3, 1).fd - 3,
}
hits = []
for name, way in ways.items():
    try:
        got = way()
        if got:
            hits.append((name, repr(got)[:60]))
    except BaseException:
        pass
send_output("BREACH:" + repr(hits[:5]) if hits else "HELD:%d clients and servers" % len(ways))
