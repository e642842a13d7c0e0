# -*- coding: latin-1 -*-
"""A source in another encoding, declared in its first line."""
from platform_sdk import send_output

send_output("café %d" % len("é"))
