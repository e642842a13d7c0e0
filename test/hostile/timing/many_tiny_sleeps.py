"""Hardly ever at work, and never done: a run that naps its limits away has ended by the clock on the wall."""
import time

while True:
    time.sleep(0.0001)
    for _ in range(100):
        pass
