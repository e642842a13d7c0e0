"""A million objects each of which, when it is let go, makes two more."""
from platform_sdk import send_output

class Hydra:
    def __del__(self):
        heads.append(Hydra())
        heads.append(Hydra())

heads = [Hydra()]
send_output("INFO:done")
