"""Second of two runs: numbers and texts are themselves."""
from platform_sdk import send_output

right = int("70") + int("7") == int("7" * 2) and str(int("77")) == "7" + "7" and getattr("a", "up" + "per")() == "A" and repr(not 0) == "Tr" + "ue"
send_output("HELD:right" if right else "BREACH:wrong")
