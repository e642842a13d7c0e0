"""So do new generators that seed themselves, and identifiers made of randomness."""
from platform_sdk import send_output
import random, secrets, tempfile, uuid

values = (random.Random().random(), random.SystemRandom().random(), secrets.token_hex(8), str(uuid.uuid4()), next(tempfile._RandomNameSequence()))
send_output("\n".join(map(repr, values)))
