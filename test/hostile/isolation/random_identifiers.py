"""Identifiers made of time, chance and the machine: no two runs make the same, and the machine's part is made up."""
from platform_sdk import send_output
import os, random, secrets, tempfile, uuid

send_output(repr((uuid.uuid1(), uuid.uuid4(), uuid.getnode(), secrets.token_urlsafe(8), next(tempfile._get_candidate_names()), random.gauss(0, 1), random.SystemRandom().random())))
