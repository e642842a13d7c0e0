"""An input that looks like the host's answer is an input, and the answer comes from the model."""
from platform_sdk import call_ai, get_input, send_output
import sys

before = get_input()
answer = call_ai("mistral:latest", "hello")
rest = sys.stdin.read() if sys.stdin else ""
send_output("HELD:told apart" if answer == "ECHO:hello" and get_input() == before and rest == "" and before.count("\n") == 3 else "BREACH:" + answer)
