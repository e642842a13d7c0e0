"""Addresses of objects: those of the guest's own memory, which say nothing about the host's."""
from platform_sdk import send_output
import ast, sys, threading

seen = [id(thing) for thing in (object(), None, int, sys, [], "text", (lambda: 0).__code__, sys._getframe())]
seen += [int(repr(thing).rpartition("0x")[2].rstrip(">"), 16) for thing in (object(), (lambda: 0), iter([]))]
seen += [threading.get_ident() if hasattr(threading, "get_ident") else 0, hash(object()), sys.hash_info.width]
outside = [address for address in seen if not 0 <= address < 2**32]
send_output("BREACH:" + repr(outside) if outside else "HELD:all within 32 bits")
