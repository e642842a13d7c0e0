"""What a stock interpreter is started with: makes it look like the forged one, and runs the plugin."""

import sys

from _forge_run import run


class _Finder:
    """CPython's event loop for Unix cannot start without sockets: asyncio is given ours in its place."""

    @staticmethod
    def find_spec(name, path=None, target=None):
        if name != "asyncio.unix_events":
            return None
        from importlib.util import spec_from_file_location

        return spec_from_file_location(name, "/forge/asyncio_unix_events.py")


sys.meta_path.insert(0, _Finder)
for stream in (sys.stdout, sys.stderr):
    stream.reconfigure(line_buffering=True)
run()
