"""Asks the host for the time as often as it can: each question leaves the guest."""
import time

while True:
    time.time_ns(), time.monotonic_ns(), time.process_time_ns(), time.sleep(0)
