export interface Example {
  readonly name: string;
  readonly label: string;
  readonly code: string;
  readonly input: string;
  /** What to look for. */
  readonly about: string;
}

export const examples: readonly Example[] = [
  {
    name: "ask",
    label: "Ask a model",
    about: "The one door out: the call is checked, counted and written down.",
    input:
      "A sandbox that takes a tenth of a millisecond to make is a sandbox that one throws away after every run.",
    code: `from platform_sdk import call_ai, get_input, send_output

text = get_input()
answer = call_ai("llama3.2:latest", "Sum this up: " + text)
send_output(f"**{len(text)} characters**, in short:\\n\\n{answer}")
`,
  },
  {
    name: "file",
    label: "Read your files",
    about: "There are none: the plugin has no disk to look at.",
    input: "/etc/passwd",
    code: `from platform_sdk import get_input, send_output

with open(get_input()) as file:
    send_output(file.read())
`,
  },
  {
    name: "network",
    label: "Call home",
    about: "There is no network either, and no process to start.",
    input: "example.com",
    code: `import socket
from platform_sdk import get_input, send_output

socket.create_connection((get_input(), 80))
send_output("got out")
`,
  },
  {
    name: "greedy",
    label: "Never stop",
    about: "Time and memory have an end. Cancel it, or wait until the sandbox does.",
    input: "",
    code: `from platform_sdk import send_output

send_output("Try to stop me")
while True:
    pass
`,
  },
];
