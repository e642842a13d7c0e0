"""What an author's editor underlines. A line that ends in `# wrong` has an error, and no other line has."""

from platform_sdk import call_ai, call_ai_many, embed, get_file, log, progress, send_output, stream_ai, tools
from platform_sdk import strem_ai  # wrong

call_ai("m")  # wrong
call_ai(5, "p")  # wrong
call_ai("m", "p", "s")  # wrong
call_ai("m", "p", temperature="hot")  # wrong
call_ai("m", "p", format="xml")  # wrong
call_ai("m", "p", images=[5])  # wrong
call_ai("m", "p", sytem="s")  # wrong
call_ai_many("text")  # wrong
call_ai_many([5])  # wrong
call_ai_many([("m", "p")], return_errors=True)[0].upper()  # wrong
embed("m", "text")  # wrong
stream_ai("m", "p").upper()  # wrong
get_file().read()  # wrong
log("loud", "x")  # wrong
progress("half")  # wrong
tools.lookup("word")  # wrong
send_output()  # wrong
