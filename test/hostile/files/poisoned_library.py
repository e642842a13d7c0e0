"""Tries to have a module of one's own found where the library's is: by path, by archive, by cache, by name."""
from platform_sdk import send_output
import importlib, os, sys, tempfile, zipfile

poison = "raise ValueError('own')\n"
places = []
for folder in ("/lib", "/tmp", ".", "/", *sys.path):
    try:
        with open(folder + "/colorsys.py", "w") as file:
            file.write(poison)
        places.append(folder)
    except OSError:
        pass
try:
    with zipfile.ZipFile("/tmp/own.zip", "w") as archive:
        archive.writestr("own_module.py", poison)
    sys.path.insert(0, "/tmp/own.zip")
except OSError:
    pass
importlib.invalidate_caches()
found = []
for name in ("colorsys", "own_module", "sitecustomize", "usercustomize", "_forge.x", "..json", "json/../os", "/etc/passwd", "os\0", ""):
    try:
        found.append(importlib.import_module(name, "json").__name__)
    except BaseException as error:
        found.append(type(error).__name__)
# What a plugin can write is gone with its run: that is another script's matter. Here nothing but itself may be fooled.
send_output("HELD:%d places, %s" % (len(places), " ".join(found)))
