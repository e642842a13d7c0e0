"""An input that is one number of three million digits."""
from platform_sdk import get_input, send_output
import platform_sdk

try:
    platform_sdk.get_json()
    send_output("BREACH:read")
except ValueError:
    send_output("HELD:%d digits refused" % len(get_input()))
