"""The random module draws other numbers in every run."""
from platform_sdk import send_output
import random

send_output(repr(random.random()) + repr(random.sample(range(1000), 5)))
