import { describe, expect, it } from "vitest";
import { forgedRuntime } from "../src/platform/runtimes.js";
import { missing } from "./what-is-here.js";

// The patched interpreter leaves its evaluation loop every 20,000 steps back and comes in again. CPython's own tests
// of tracing are over before that.
describe.skipIf(missing)(`A long loop${missing ? `, without ${missing}: not run,` : ""}`, () => {
  const loops = `
import json, sys

def over_range(n):
    for i in range(n):
        x = i
    return x

def until(n):
    i = 0
    while i < n:
        i += 1

def over_generator(n):
    for i in numbers(n):
        x = i

def numbers(n):
    for i in range(n):
        yield i

def called(n):
    return [identity(i) for i in range(n)]

def identity(value):
    return value
`;
  const everyLine = {
    over_range: { 1: 100_001, 2: 100_000, 3: 1 },
    until: { 1: 1, 2: 100_001, 3: 100_000 },
    over_generator: { 1: 100_001, 2: 100_000 },
    numbers: { 1: 100_001, 2: 100_000 },
    identity: { 1: 100_000 },
  };

  it("gives a tracer every line", async () => {
    const seen = await run(`${loops}
seen = {}
def trace(frame, event, arg):
    if event == "line" and frame.f_code.co_name != "called":
        lines = seen.setdefault(frame.f_code.co_name, {})
        line = frame.f_lineno - frame.f_code.co_firstlineno
        lines[line] = lines.get(line, 0) + 1
    return trace
for function in over_range, until, over_generator, called:
    sys.settrace(trace)
    function(100_000)
    sys.settrace(None)
print(json.dumps(seen))
`);
    expect(seen).toEqual(everyLine);
  });

  it("gives a monitor every line", async () => {
    const seen = await run(`${loops}
seen = {}
def on_line(code, line):
    lines = seen.setdefault(code.co_name, {})
    line -= code.co_firstlineno
    lines[line] = lines.get(line, 0) + 1
monitoring = sys.monitoring
monitoring.use_tool_id(0, "test")
monitoring.register_callback(0, monitoring.events.LINE, on_line)
for function in over_range, until, over_generator, numbers, identity:
    monitoring.set_local_events(0, function.__code__, monitoring.events.LINE)
for function in over_range, until, over_generator, called:
    function(100_000)
print(json.dumps(seen))
`);
    expect(seen).toEqual(everyLine);
  });
});

async function run(source: string): Promise<unknown> {
  const runtime = forgedRuntime();
  const artifact = await runtime.compile({ memoryMb: 128 });
  let printed = "";
  const instance = await runtime.open(artifact, {
    door: () => new Uint8Array(),
    print: (_stream, chunk) => {
      printed += new TextDecoder().decode(chunk);
    },
  });
  try {
    const end = await instance.run({ source, fileName: "loops.py", input: "", maxPrintBytes: 100_000 });
    expect(end).toEqual({ kind: "completed" });
    return JSON.parse(printed);
  } finally {
    instance.close();
  }
}
