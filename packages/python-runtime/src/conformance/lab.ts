import { type BlockingDoor, encodeReply, parseCall, parseReply, type Reply } from "@wasmforge/bridge";
import type { Artifact, Instance, InstanceLimits, RunEnd, RunRequest, Runtime } from "../port.js";
import type { TestTools } from "./test-tools.js";

export interface LabRun extends Partial<RunRequest> {
  readonly door?: BlockingDoor;
  /** Called with every chunk before it is kept. May throw. */
  readonly onPrint?: (stream: "stdout" | "stderr", chunk: Uint8Array) => void;
}

export interface LabResult {
  readonly end: RunEnd;
  readonly stdout: string;
  readonly stderr: string;
  readonly stdoutBytes: Uint8Array;
  /** What `send_output` was given, in order. */
  readonly sent: readonly string[];
  /** What came to the host and in which order: `stdout`, `stderr`, or the name of a call. */
  readonly order: readonly string[];
  readonly peakMemoryBytes: number;
}

export interface SessionResult {
  readonly ends: readonly RunEnd[];
  readonly kinds: readonly RunEnd["kind"][];
  readonly stdout: string;
}

export const fileName = "plugin.py";

const plainRequest: RunRequest = { source: "", fileName, input: "", maxPrintBytes: 1_000_000 };

/** One instance of a runtime, used for run after run as a seat would: reset after each, replaced when it asks to be. */
export class Lab {
  readonly #createRuntime: () => Promise<Runtime>;
  readonly #limits: InstanceLimits;
  readonly #hostPaths: readonly string[];
  readonly #expect: TestTools["expect"];
  #runtime: Runtime | undefined;
  #artifact: Artifact | undefined;
  #instance: Instance | undefined;
  #door: BlockingDoor = () => new Uint8Array();
  #print: (stream: "stdout" | "stderr", chunk: Uint8Array) => void = () => {};

  constructor(
    createRuntime: () => Promise<Runtime>,
    limits: InstanceLimits,
    hostPaths: readonly string[],
    expect: TestTools["expect"],
  ) {
    this.#createRuntime = createRuntime;
    this.#limits = limits;
    this.#hostPaths = hostPaths;
    this.#expect = expect;
  }

  async runtime(): Promise<Runtime> {
    this.#runtime ??= await this.#createRuntime();
    return this.#runtime;
  }

  async artifact(): Promise<Artifact> {
    this.#artifact ??= await (await this.runtime()).compile(this.#limits);
    return this.#artifact;
  }

  async instance(): Promise<Instance> {
    this.#instance ??= await (await this.runtime()).open(await this.artifact(), {
      door: (op, payload) => this.#door(op, payload),
      print: (stream, chunk) => this.#print(stream, chunk),
    });
    return this.#instance;
  }

  close(): void {
    this.#instance?.close();
    this.#instance = undefined;
  }

  async run(source: string | Uint8Array, options: LabRun = {}): Promise<LabResult> {
    const { door = echoingDoor, onPrint, ...request } = options;
    const chunks: Record<"stdout" | "stderr", Uint8Array[]> = { stdout: [], stderr: [] };
    const sent: string[] = [];
    const order: string[] = [];
    this.#print = (stream, chunk) => {
      onPrint?.(stream, chunk);
      order.push(stream);
      chunks[stream].push(chunk);
    };
    this.#door = (op, payload) => {
      order.push(op);
      const reply = door(op, payload);
      if ((op === "send_output" || op === "send_json") && "ok" in parseReply(reply)) {
        const call = parseCall(op, payload);
        sent.push("text" in call ? (call.text ?? "") : "");
      }
      return reply;
    };
    const instance = await this.instance();
    try {
      const end = await instance.run({ ...plainRequest, source, ...request });
      const { peakMemoryBytes } = instance.usage();
      const stdoutBytes = joined(chunks.stdout);
      const [stdout, stderr] = [decode(stdoutBytes), decode(joined(chunks.stderr))];
      this.#expectNoHostPath(stdout, stderr, ...sent, JSON.stringify(end));
      return { end, stdout, stderr, stdoutBytes, sent, order, peakMemoryBytes };
    } finally {
      await this.#reset(instance);
    }
  }

  /** Run after run, each in the `__main__` of the one before, and a reset at the end. */
  async session(
    steps: readonly (string | Partial<RunRequest>)[],
    { door = echoingDoor }: Pick<LabRun, "door"> = {},
  ): Promise<SessionResult> {
    const stdout: Uint8Array[] = [];
    this.#print = (stream, chunk) => void (stream === "stdout" && stdout.push(chunk));
    this.#door = door;
    const instance = await this.instance();
    const ends: RunEnd[] = [];
    try {
      for (const step of steps) {
        const request = typeof step === "string" ? { source: step } : step;
        ends.push(await instance.run({ ...plainRequest, keepMain: true, ...request }));
      }
      return { ends, kinds: ends.map(({ kind }) => kind), stdout: decode(joined(stdout)) };
    } finally {
      await this.#reset(instance);
    }
  }

  /** Runs to completion and gives what was printed. */
  async output(source: string | Uint8Array, options: LabRun = {}): Promise<string> {
    const { end, stdout, stderr } = await this.run(source, options);
    this.#expect({ end, stderr }).toEqual({ end: { kind: "completed" }, stderr: "" });
    return stdout;
  }

  /** Evaluates a Python expression, whose value must have a form in JSON. */
  async value(expression: string, setUp = "", options: LabRun = {}): Promise<unknown> {
    return JSON.parse(await this.output(`${setUp}\nimport json\nprint(json.dumps(${expression}))`, options));
  }

  /** The run after a bad one must not notice. */
  async expectNormalRun(): Promise<void> {
    const text = "import json, sys\nprint(json.loads('[1, 2]'), len(sys.argv), sum(range(1000)))";
    this.#expect(await this.output(text)).toBe("[1, 2] 1 499500\n");
  }

  async #reset(instance: Instance): Promise<void> {
    if ((await instance.reset()) === "replace") {
      instance.close();
      this.#instance = undefined;
    }
  }

  #expectNoHostPath(...texts: readonly string[]): void {
    for (const path of this.#hostPaths) {
      for (const text of texts) {
        if (text.includes(path)) {
          this.#expect(text).not.toContain(path);
        }
      }
    }
  }
}

function echoingDoor(op: string, payload: Uint8Array): Uint8Array {
  return encodeReply(replyTo(op, payload));
}

function replyTo(op: string, payload: Uint8Array): Reply {
  const call = parseCall(op, payload, { maxPayloadBytes: 64 * 1024 * 1024 });
  switch (call.op) {
    case "call_ai":
      return { ok: `ECHO:${call.prompt}` };
    case "list_models":
      return { ok: ["mistral:latest", "llama3.2:latest"] };
    default:
      return { ok: null };
  }
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((size, piece) => size + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
