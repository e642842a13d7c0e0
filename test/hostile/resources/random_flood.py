"""Asks the host for random bytes as fast as it can, in pieces of megabytes."""
import os

while True:
    os.urandom(4 << 20)
