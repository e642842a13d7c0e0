"""Ends through os._exit(0) from within the report of its own failure: no failure may turn into a later run's."""
import os

class Odd(Exception):
    def __str__(self):
        os._exit(0)

raise Odd
