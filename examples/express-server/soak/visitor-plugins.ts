/**
 * What visitors of the soak publish. Every plugin gets a canary as its input, answers with it, and leaves it wherever it
 * can; before that it tells of every canary that it finds. So a canary in the answer to somebody else's run has crossed.
 */

export interface VisitorPlugin {
  readonly name: string;
  readonly source: string;
  /** How its runs end, as `status` or `status:reason`. */
  readonly ends: readonly string[];
  /** Whether the answer has the canary that it was given. */
  readonly answers: boolean;
}

const trace = `import builtins, gc, json, os, sys
from platform_sdk import call_ai, get_input, log, progress, send_output
canary = get_input()
for place in (vars(builtins), vars(json), sys.modules, os.environ, vars(sys)):
    if "canary" in place:
        print("found", place["canary"])
for path in ("/tmp/canary", "canary", "/canary"):
    try:
        print("found", open(path).read())
    except OSError:
        pass
    try:
        open(path, "w").write(canary)
    except OSError:
        pass
builtins.canary = json.canary = sys.canary = sys.modules["canary"] = canary
os.environ["canary"] = canary
`;

/** Of whoever works without end: on a machine that is busy, time may be over before anything else is. */
const outOfTime = ["stopped:compute", "stopped:timeout"];

const plugin = (name: string, body: string, ends: readonly string[], answers = false): VisitorPlugin => ({
  name,
  source: `${trace}${body}\n`,
  ends,
  answers,
});

const answer = "send_output(canary)";

export const ordinary: readonly VisitorPlugin[] = [
  plugin("answers", answer, ["completed"], true),
  plugin("prints", "for line in range(20):\n    print(line, canary)", ["completed"], true),
  plugin("asks", `call_ai("llama3.2", "Summarize: " + canary)\n${answer}`, ["completed"], true),
  plugin(
    "tells",
    `for step in range(5):\n    progress(step / 5, canary)\n    log("info", canary)\n${answer}`,
    ["completed"],
    true,
  ),
  plugin("computes", `sum(i * i for i in range(200_000))\n${answer}`, ["completed"], true),
  plugin("raises", "raise ValueError(canary)", ["failed"]),
  plugin("exits", "sys.exit(3)", ["failed"]),
];

export const hostile: readonly VisitorPlugin[] = [
  plugin("endless", "while True:\n    pass", outOfTime),
  plugin(
    "deaf",
    "while True:\n    try:\n        while True: pass\n    except BaseException:\n        pass",
    outOfTime,
  ),
  plugin("greedy", "kept = []\nwhile True:\n    kept.append(bytearray(1 << 20))", [
    "failed",
    "stopped:memory",
    ...outOfTime,
  ]),
  plugin("floods", "while True:\n    print(canary * 100)", ["stopped:output", ...outOfTime]),
  plugin("aborts", "os.abort()", ["stopped:crashed"]),
  plugin("recurses", "def again():\n    again()\nagain()", ["failed", ...outOfTime]),
  plugin("begs", 'while True:\n    call_ai("llama3.2", "more")', ["failed"]),
  plugin("breaks_out", 'os.system("id")\nopen("/etc/passwd")', ["failed"]),
];

/** Goes on until somebody cancels it. */
export const patient = plugin(
  "patient",
  "import time\nwhile True:\n    print(canary)\n    time.sleep(0.05)",
  ["stopped:aborted", "stopped:timeout", "stopped:output"],
);

export const everyPlugin: readonly VisitorPlugin[] = [...ordinary, ...hostile, patient];
