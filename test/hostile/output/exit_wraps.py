"""A code that would be 0 if only its lowest byte counted."""
import os

os._exit(256)
