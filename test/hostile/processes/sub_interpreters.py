"""Interpreters inside the interpreter: none may see more than this one, or bring down more than itself."""
from platform_sdk import send_output
import sys

send_output("HELD:before")
for name in ("_interpreters", "_xxsubinterpreters", "_interpchannels", "_interpqueues", "_testcapi", "_testinternalcapi", "_testlimitedcapi", "_testmultiphase", "_xxtestfuzz", "_testclinic", "xxlimited"):
    try:
        module = __import__(name)
    except ImportError:
        continue
    try:
        for _ in range(3):
            other = module.create()
            module.exec(other, "import os, sys\nopen('/etc/passwd').read()\nprint('BREACH' + ':read')")
            module.run_string(other, "import _forge\n_forge.end(b'{}')")
            module.destroy(other)
    except Exception:
        pass
