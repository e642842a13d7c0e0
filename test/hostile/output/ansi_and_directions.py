"""Colours, cursors, clipboards and directions of text arrive as what they are: text that whoever shows it must escape."""
from platform_sdk import send_output
send_output("\x1b[2J\x1b]52;c;eA==\x07\u202egnp.exe\u2028\u200b\ufeff\0\r\n\x85end")
