"""Traces the run loop below it and makes it jump over its own report, back to its start, into the middle of a try."""
from platform_sdk import send_output
import sys

send_output("HELD:before")
turns = [0]

def trace(frame, event, argument):
    turns[0] += 1
    if frame.f_code.co_name in ("run", "_told", "_flush", "_quietly", "_raised") and turns[0] < 500:
        for line in range(frame.f_code.co_firstlineno, frame.f_code.co_firstlineno + 60, 7):
            try:
                frame.f_lineno = line
            except (ValueError, AttributeError, TypeError):
                pass
    return trace

frame = sys._getframe()
while frame is not None:
    frame.f_trace = trace
    frame.f_trace_opcodes = True
    frame = frame.f_back
sys.settrace(trace)
try:
    import threading
    sys.monitoring.use_tool_id(0, "hostile")
    sys.monitoring.register_callback(0, sys.monitoring.events.LINE, lambda code, line: sys.monitoring.DISABLE)
    sys.monitoring.set_events(0, sys.monitoring.events.LINE | sys.monitoring.events.PY_RETURN)
except Exception:
    pass
