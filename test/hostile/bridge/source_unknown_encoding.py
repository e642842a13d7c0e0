# -*- coding: klingon -*-
"""A source in an encoding that nobody knows."""
print("BREACH:ran")
