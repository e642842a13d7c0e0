import { forgedRuntime } from "../platform/runtimes.js";
import type { Artifact, Checkpoint, Instance, RunEnd, RunRequest } from "../port.js";

/** A place for instances of the forged runtime, and a look into the memory of the one that is there. */
export class TestSeat {
  readonly #artifact: Artifact;
  #instance: Instance;
  #memory: WebAssembly.Memory;
  #stdout = "";

  private constructor(artifact: Artifact, [instance, memory]: Opened) {
    this.#artifact = artifact;
    this.#instance = instance;
    this.#memory = memory;
  }

  static async open(artifact: Artifact): Promise<TestSeat> {
    const seat: TestSeat = new TestSeat(artifact, await openIn(artifact, (text) => seat.#hear(text)));
    return seat;
  }

  #hear(text: string): void {
    this.#stdout += text;
  }

  /** Goes on in the `__main__` that is there. */
  async run(source: string, options: Partial<RunRequest> = {}): Promise<{ end: RunEnd; stdout: string }> {
    this.#stdout = "";
    const plain = { fileName: "p.py", input: "", maxPrintBytes: 100_000, keepMain: true };
    const end = await this.#instance.run({ ...plain, source, ...options });
    return { end, stdout: this.#stdout };
  }

  /** Runs to completion and gives what was printed. */
  async output(source: string, options: Partial<RunRequest> = {}): Promise<string> {
    const { end, stdout } = await this.run(source, options);
    if (end.kind !== "completed") throw new Error(JSON.stringify(end));
    return stdout;
  }

  checkpoint(maxBytes?: number): Checkpoint {
    return this.#instance.checkpoint?.(maxBytes === undefined ? {} : { maxBytes }) as Checkpoint;
  }

  /** The delta, which there must be, of an instance that is clean afterwards. */
  async sleep(): Promise<Uint8Array<ArrayBuffer>> {
    const checkpoint = this.checkpoint();
    if (checkpoint.kind !== "taken") throw new Error(`there is no checkpoint: ${checkpoint.kind}`);
    await this.reset();
    return checkpoint.delta;
  }

  resume(delta: Uint8Array): void {
    this.#instance.resume?.(delta);
  }

  /** Puts another instance here when this one asks for it. */
  async reset(): Promise<"clean" | "replace"> {
    const answer = await this.#instance.reset();
    if (answer === "replace") {
      this.#instance.close();
      [this.#instance, this.#memory] = await openIn(this.#artifact, (text) => this.#hear(text));
    }
    return answer;
  }

  close(): void {
    this.#instance.close();
  }

  get memory(): Uint8Array {
    return new Uint8Array(this.#memory.buffer);
  }
}

type Opened = readonly [Instance, WebAssembly.Memory];

async function openIn(artifact: Artifact, hear: (text: string) => void): Promise<Opened> {
  const decoder = new TextDecoder();
  const Memory = WebAssembly.Memory;
  const made: WebAssembly.Memory[] = [];
  WebAssembly.Memory = class extends Memory {
    constructor(descriptor: WebAssembly.MemoryDescriptor) {
      super(descriptor);
      made.push(this);
    }
  };
  try {
    const instance = await forgedRuntime().open(artifact, {
      door: () => new TextEncoder().encode('{"ok":null}'),
      print: (_stream, chunk) => hear(decoder.decode(chunk)),
    });
    const [memory] = made;
    if (!memory) throw new Error("no memory was made");
    return [instance, memory];
  } finally {
    WebAssembly.Memory = Memory;
  }
}
