"""Frames up to the run loop's own, whose variables are read and changed: a plugin can lie about itself, and about nothing else."""
from platform_sdk import call_ai, send_output
import sys

frame, names = sys._getframe(), []
while frame is not None:
    names.append(frame.f_code.co_name)
    for place in (frame.f_globals, frame.f_locals, frame.f_builtins):
        if place is globals() and frame is sys._getframe():
            continue
        for key in ("imports", "main", "code", "file", "_MAX_MESSAGE", "_MAX_TRACEBACK", "_max", "limit", "budget", "_COMPLETED"):
            try:
                if key in place:
                    place[key] = 10**9 if isinstance(place[key], int) else "BREACH" + ":changed" if isinstance(place[key], str) else place[key]
            except BaseException:
                pass
    frame = frame.f_back
try:
    raise ValueError
except ValueError as error:
    frame = error.__traceback__.tb_frame
    while frame.f_back:
        frame = frame.f_back
    outer = frame.f_code.co_name
answers = 0
for turn in range(20):
    try:
        answers += bool(call_ai("mistral:latest", "turn %d" % turn))
    except Exception:
        pass
send_output("BREACH:%d answers" % answers if answers > 2 else "HELD:%s, %d answers" % (outer, answers))
