"""Takes a lock twice in the only thread there is."""
from platform_sdk import send_output
import threading

lock = threading.Lock()
lock.acquire()
send_output("INFO:second time gives %r" % lock.acquire(timeout=1))
lock.acquire()
send_output("INFO:came back from a deadlock")
