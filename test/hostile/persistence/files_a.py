"""First of two runs: leave files wherever it is possible."""
from platform_sdk import send_output
import os, tempfile

wrote = []
for folder in (".", "/", "/tmp", "/var/tmp", "/sandbox", "/usr/local/lib", "/lib", "/data", "/home"):
    try:
        with open(os.path.join(folder, "left_by_run_a.txt"), "w") as file:
            file.write("from run a")
        wrote.append(folder)
    except OSError:
        pass
try:
    wrote.append(tempfile.mkdtemp(prefix="left_by_run_a"))
except OSError:
    pass
send_output("INFO:wrote to %r" % wrote)
