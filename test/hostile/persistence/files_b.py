"""Second of two runs: look for the files of the first."""
from platform_sdk import send_output
import os

seen = []
for folder in (".", "/", "/tmp", "/var/tmp", "/sandbox", "/usr/local/lib", "/lib", "/data", "/home"):
    try:
        seen += [folder + "/" + name for name in os.listdir(folder) if name.startswith("left_by_run_a")]
    except OSError:
        pass
    if os.path.exists(os.path.join(folder, "left_by_run_a.txt")):
        seen.append(folder)
send_output("BREACH:" + repr(seen) if seen else "HELD:no file of another run")
