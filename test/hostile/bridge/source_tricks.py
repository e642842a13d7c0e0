"""Names in other letters, form feeds, and comments that seem to end elsewhere: it runs as Python reads it."""
from platform_sdk import send_output

ᵡlue = 1  # ‮ } ⁦ if is_admin
if True:
    send_𝔬𝔲𝔱𝔭𝔲𝔱("HELD:%d" % ᵡlue)
