"""White space, byte order marks, NULs, line ends of all kinds: as they are."""
from platform_sdk import get_input, send_output

send_output(get_input())
