import json

from platform_sdk import get_input, send_output

numbers = json.loads(get_input())
print("adding", len(numbers), "numbers")
send_output(sum(numbers))
