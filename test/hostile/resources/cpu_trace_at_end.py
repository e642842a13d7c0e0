"""Trace, profile and monitoring hooks that loop as soon as the plugin's own code is over."""
from platform_sdk import send_output
import sys

over = False

def hook(*arguments):
    while over:
        pass
    return hook

sys.setprofile(hook)
sys.settrace(hook)
sys.addaudithook(hook)
try:
    sys.monitoring.use_tool_id(3, "probe")
    sys.monitoring.register_callback(3, sys.monitoring.events.CALL, hook)
    sys.monitoring.set_events(3, sys.monitoring.events.CALL)
except AttributeError:
    pass
send_output("INFO:main done")
over = True
