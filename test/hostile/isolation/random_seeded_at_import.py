"""Modules that take their chance when they are imported: each run has its own."""
from platform_sdk import send_output
import email.generator, random, statistics, string

send_output(repr((email.generator._make_boundary(), random.choices(string.ascii_letters, k=8), random.getstate()[1][:2], statistics.NormalDist(0, 1).samples(2), random.randbytes(8))))
