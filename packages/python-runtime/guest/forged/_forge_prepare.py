"""The last code before a snapshot is taken: imports what the host names and leaves a tidy heap."""

import gc
import importlib
import sys

import _forge
import _forge_run

# So much room is already there when a run begins: an ordinary one does not have to ask the engine for more.
_ROOM = 512 * 1024


def prepare():
    for name in _forge.supply("preload").decode().split():
        importlib.import_module(name)
    _forge_run.prepare()
    # The first call makes the hundred classes of the syntax tree.
    compile("", "<prepare>", "exec")
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(line_buffering=True)
    sys.path_importer_cache.clear()
    del sys.modules["_forge_prepare"]
    room = bytearray(_ROOM)
    del room
    gc.collect()
    # Objects that every run shares need not be looked at by its collections.
    gc.freeze()
