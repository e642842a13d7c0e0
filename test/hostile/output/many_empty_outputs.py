"""Outputs of nothing at all, without end: the smallest has a price."""
from platform_sdk import send_output

while True:
    send_output("")
