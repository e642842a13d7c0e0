"""First of two runs: uses up identifiers, counters and numbers."""
from platform_sdk import send_output
import gc, itertools, random, sys, tempfile, threading, uuid

kept = [object() for _ in range(100_000)]
for _ in range(100):
    uuid.uuid1(), uuid.uuid4(), random.random(), threading.Thread(), next(tempfile._get_candidate_names()), hash(object())
for _ in range(50):
    gc.collect()
sys.stdout.write("counted\n")
send_output("INFO:%d" % len(kept))
