"""Whether texts hash as everywhere: they do, which the threat model says, and how to change it."""
from platform_sdk import send_output

send_output("INFO:%d" % (hash("text") & 0xFFFF))
