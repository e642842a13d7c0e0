/** Runs a folder of probes on one runtime and collects what went wrong. */
import type { Runtime } from "@wasmforge/python-runtime";
import { createDoorHost } from "./door-host.js";
import { createProbeHost, type ProbeHost } from "./host-setup.js";
import { excerpt, judge, type Observed, type Piece, readings } from "./judge.js";
import { hostState, leftBehind, placesOf } from "./leftovers.js";
import type { Probe, ProbeFolder } from "./manifest.js";
import { Seat, type SeatEnd } from "./seat.js";
import { inSequence } from "./sequence.js";

export interface Failure {
  readonly probe: string;
  readonly complaints: readonly string[];
}

/** Calls `onProbe` after each probe; a probe without complaints has passed. */
export async function runProbes(
  folder: ProbeFolder,
  runtime: Runtime,
  onProbe: (result: Failure) => void,
): Promise<void> {
  await using host = await createProbeHost(folder.hostSetup);
  await using seats = new Seats(runtime);
  const complaints = new Map<string, Set<string>>(folder.probes.map(({ id }) => [id, new Set()]));
  const groups = inSequence(folder.probes);
  for (const [at, group] of groups.entries()) {
    for (const probe of group) {
      const input = probe.input ?? JSON.stringify(host.fillIn(folder.defaultInput));
      const found = await runProbe(probe, input, host, seats, probe === group.at(-1)).catch(
        (error: Error) => [`expected a run, came ${error.message}`],
      );
      for (const complaint of found) complaints.get(probe.id)?.add(complaint);
    }
    const later = new Set(groups.slice(at + 1).flat());
    for (const probe of group.filter((member) => !later.has(member))) {
      onProbe({ probe: probe.id, complaints: [...(complaints.get(probe.id) ?? [])] });
    }
  }
}

async function runProbe(
  probe: Probe,
  input: string,
  host: ProbeHost,
  seats: Seats,
  thenPlain: boolean,
): Promise<string[]> {
  const source = new TextDecoder("utf-8").decode(probe.source);
  const complaints: string[] = [];
  if (probe.noImports && /^\s*(import|from(?!\s+platform_sdk\b))\s/m.test(source)) {
    complaints.push("expected a plugin that imports nothing but the SDK, came one that does");
  }
  const places = placesOf(source);
  const seat = await seats.for(probe.memoryMb);
  const before = hostState(places);
  const outputs: string[] = [];
  for (let turn = 0; turn < (probe.runTwice ? 2 : 1); turn += 1) {
    await seat.idle();
    const seen = await observe(seat, host, probe, input);
    outputs.push(readings(seen.transcript).join("\n"));
    complaints.push(...judge(probe, seen, host.secrets));
  }
  if (probe.twiceMustDiffer && outputs[0] === outputs[1]) {
    complaints.push(`expected two runs to differ, came ${excerpt(outputs[0] ?? "")} twice`);
  }
  if (thenPlain) complaints.push(...(await plainRunComplaints(seat, host, probe)));
  await seat.idle();
  const left = await leftBehind(before, places, source);
  complaints.push(...left.map((thing) => `expected nothing left behind, came ${thing}`));
  const damage = host.damage();
  if (damage !== undefined) complaints.push(`expected the host unharmed, came: ${damage}`);
  return complaints;
}

/** One run, and everything that can be seen of it. */
async function observe(seat: Seat, host: ProbeHost, probe: Probe, input: string): Promise<Observed> {
  const transcript: Piece[] = [];
  const modelReplies: string[] = [];
  const decoders = { stdout: new TextDecoder(), stderr: new TextDecoder() };
  let stderr = "";
  const take = (stream: "stdout" | "stderr", text: string): void => {
    if (stream === "stdout") transcript.push({ kind: "stdout", text });
    else stderr += text;
  };
  const door = createDoorHost({
    modelUrl: host.modelUrl,
    maxAiCalls: probe.maxAiCalls,
    maxOutputBytes: probe.maxOutputBytes,
    onPiece: (piece) => transcript.push(piece),
    onModelReply: (text) => modelReplies.push(text),
  });
  const { source, fileName, maxOutputBytes: maxPrintBytes } = probe;
  const requestsBefore = host.modelRequests();
  const start = performance.now();
  const ended = await seat.run({
    request: { source, fileName, input, maxPrintBytes },
    timeoutMs: probe.timeoutMs,
    print: (stream, chunk) => take(stream, decoders[stream].decode(chunk, { stream: true })),
    serve: door.serve,
  });
  const elapsedMs = performance.now() - start;
  take("stdout", decoders.stdout.decode());
  take("stderr", decoders.stderr.decode());
  return {
    ...endOf(ended),
    transcript: transcript.filter((piece) => piece.kind === "sent" || piece.text !== ""),
    stderr,
    elapsedMs,
    peakMemoryBytes: ended.kind === "ended" ? ended.peakMemoryBytes : 0,
    modelRequests: host.modelRequests() - requestsBefore,
    modelReplies,
  };
}

function endOf(ended: SeatEnd): Pick<Observed, "end" | "error"> {
  if (ended.kind === "killed") return { end: "timeout", error: "" };
  if (ended.kind === "lost") return { end: "fault", error: ended.message };
  const { end } = ended;
  switch (end.kind) {
    case "completed":
      return { end: "ok", error: "" };
    case "exited":
      return end.code === 0
        ? { end: "ok", error: "" }
        : { end: "plugin_error", error: `exit code ${end.code}` };
    case "raised":
      return {
        end: "plugin_error",
        error: `${end.error.type}: ${end.error.message}\n${end.error.traceback}`,
      };
    case "stopped":
      return { end: STOPPED[end.reason], error: "" };
    case "crashed":
      return { end: "crash_contained", error: `${end.cause}: ${end.message}` };
  }
}

const STOPPED = {
  output: "output_limit",
  timeout: "timeout",
  memory: "memory_limit",
  aborted: "fault",
} as const;

async function plainRunComplaints(seat: Seat, host: ProbeHost, after: Probe): Promise<string[]> {
  const input = `after ${after.id}`;
  const plain: Probe = {
    ...after,
    source: Buffer.from(
      "from platform_sdk import get_input, send_output\nsend_output('plain ' + get_input())\n",
    ),
    fileName: "plain.py",
    timeoutMs: 10_000,
    maxOutputBytes: 10_000,
    expectedOutput: `plain ${input}`,
    breachWords: [],
    forbiddenInError: [],
    outcomes: ["ok"],
    maxAiCallsSeen: 0,
  };
  await seat.idle();
  const seen = await observe(seat, host, plain, input);
  return judge(plain, seen, host.secrets).map((complaint) => `the plain run afterwards: ${complaint}`);
}

/** One seat for each size of memory, kept for the whole folder so that what leaks from run to run shows. */
class Seats implements AsyncDisposable {
  readonly #runtime: Runtime;
  readonly #bySize = new Map<number, Seat>();

  constructor(runtime: Runtime) {
    this.#runtime = runtime;
  }

  async for(memoryMb: number): Promise<Seat> {
    let seat = this.#bySize.get(memoryMb);
    if (seat === undefined) {
      seat = new Seat(await this.#runtime.compile({ memoryMb }));
      this.#bySize.set(memoryMb, seat);
    }
    await seat.idle();
    return seat;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#bySize.values()].map((seat) => seat[Symbol.asyncDispose]()));
  }
}
