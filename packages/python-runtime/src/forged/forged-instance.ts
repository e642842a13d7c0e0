/**
 * A seat's interpreter.
 *
 * It is always restored before it runs: by `open`, and after a run by `reset`, which the seat calls once it has
 * answered; unless the next run is to go on where this one returned from the guest. A run that ended in the middle of
 * guest code (a stop, a trap, `os._exit`) leaves the memory as it was at that moment; the restore takes that back too,
 * and the module is instantiated anew.
 */

import { type DeltaFrame, parseDelta, writeBlocks } from "../delta/delta.js";
import { takeDelta } from "../delta/take-delta.js";
import { wasmPageBytes } from "../image/memory-image.js";
import { instantiateRestorer, type Restorer } from "../image/restorer.js";
import type { Platform } from "../platform/platform.js";
import {
  type Checkpoint,
  type CheckpointOptions,
  type Instance,
  type InstanceHost,
  type InstanceUsage,
  type RunEnd,
  type RunRequest,
  StopRun,
} from "../port.js";
import { hasLetGo, parseRunReport } from "../run-report.js";
import { type Supplies, suppliesOf } from "../supplies.js";
import { cappedPrint, ExitSignal, nothingCarried, type RunGrants } from "../wasi/index.js";
import type { ForgedArtifact } from "./artifact.js";
import { type CacheablePlugin, CodeCache, toCacheable } from "./code-cache.js";
import { createGuestMemory } from "./compile.js";
import { deltaFrame } from "./delta-frame.js";
import { Guest } from "./guest.js";
import { GuestAborted } from "./host-functions.js";
import { librarySupplies } from "./library-supplies.js";
import { openLibrary } from "./shared-library.js";
import { pageIn } from "./tables.js";

/** A guest that grew by more than this is replaced: its memory would stay with the seat for good. */
const keptGrowthBytes = 32 << 20;

const noSupplies: Supplies = () => undefined;

type State = "ready" | "resumed" | "ran" | "broken" | "closed";

export class ForgedInstance implements Instance {
  readonly #artifact: ForgedArtifact;
  readonly #host: InstanceHost;
  readonly #restorer: Restorer;
  readonly #guest: Guest;
  readonly #pageIn: (table: number) => void;
  readonly #frame: DeltaFrame;
  readonly #codes = new CodeCache();
  #toCompile: CacheablePlugin | undefined;
  #runSupplies = noSupplies;
  #report: Uint8Array | undefined;
  #carried = nothingCarried;
  /** Which of the deferred tables the guest has. */
  readonly #tables = new Set<number>();
  #hostFault: unknown;
  #peakMemoryBytes = 0;
  #state: State = "ready";

  constructor(artifact: ForgedArtifact, host: InstanceHost, platform: Platform) {
    this.#artifact = artifact;
    this.#frame = deltaFrame(artifact);
    this.#host = host;
    const memory = createGuestMemory(artifact);
    const library = lazily(() => openLibrary(platform, artifact.library));
    const supplyFromLibrary = librarySupplies(library);
    this.#pageIn = (table) => {
      if (pageIn(memory, library(), artifact.tables, table)) this.#tables.add(table);
    };
    this.#guest = new Guest({
      module: artifact.module,
      memory,
      powers: platform.powers,
      door: (op, payload) => this.#hosting(() => host.door(op, payload)),
      supply: (name) => this.#runSupplies(name) ?? this.#hosting(() => supplyFromLibrary(name)),
      end: (report) => {
        this.#report = report;
      },
      pageIn: (table) => this.#hosting(() => this.#pageIn(table)),
    });
    this.#restorer = instantiateRestorer(artifact.restorer, memory);
    this.#restorer.write();
    this.#begin();
  }

  async run(request: RunRequest): Promise<RunEnd> {
    const continues = this.#state === "ran" && request.keepMain;
    if (this.#state !== "ready" && this.#state !== "resumed" && !continues)
      throw new Error(`an instance that is ${this.#state} cannot run: reset it first`);
    const main = continues ? "continued" : request.keepMain ? "kept" : "new";
    // In any other memory a plugin has been at work.
    const plugin = this.#state === "ready" && main === "new" ? toCacheable(request) : undefined;
    const supplies = suppliesOf(request, main, plugin && this.#codes.find(plugin));
    const begin = performance.now();
    try {
      const report = this.#enter(supplies, {
        print: cappedPrint(request.maxPrintBytes, (stream, chunk) =>
          this.#hosting(() => this.#host.print(stream, chunk)),
        ),
        clock: request.repeatable ?? "live",
        random: request.repeatable ?? "live",
        carried: this.#carried,
        ...(request.files && { files: request.files }),
        ...(request.deadline !== undefined && { deadline: request.deadline }),
      });
      if (plugin && this.#codes.used(plugin, performance.now() - begin)) this.#toCompile = plugin;
      // A state that only the run loop's own report made: a session goes on from the one before it.
      if (request.keepMain && hasLetGo(report)) this.#state = "broken";
      return parseRunReport(report);
    } catch (thrown) {
      if (thrown === this.#hostFault) throw thrown;
      return endOf(thrown);
    } finally {
      this.#hostFault = undefined;
      this.#peakMemoryBytes = this.#guest.exports.forge_heap_end() >>> 0;
    }
  }

  checkpoint({ maxBytes = Number.POSITIVE_INFINITY }: CheckpointOptions = {}): Checkpoint {
    if (this.#state === "closed") throw new Error("an instance that is closed has no state to keep");
    if (this.#state === "broken") return { kind: "interrupted" };
    return takeDelta({
      frame: this.#frame,
      restorer: this.#restorer,
      memory: this.#guest.bytes,
      heapEnd: this.#guest.exports.forge_heap_end() >>> 0,
      tables: [...this.#tables],
      carried: this.#carried,
      maxBytes,
    });
  }

  resume(bytes: Uint8Array): void {
    if (this.#state !== "ready")
      throw new Error(`an instance that is ${this.#state} cannot be resumed: reset it first`);
    const delta = parseDelta(bytes, this.#frame);
    this.#guest.growTo(delta.memoryBytes);
    for (const table of delta.tables) this.#pageIn(table);
    writeBlocks(delta, this.#guest.bytes);
    this.#carried = delta.carried;
    this.#state = "resumed";
  }

  async reset(): Promise<"clean" | "replace"> {
    if (this.#state === "closed") return "replace";
    const grown = this.#guest.bytes.length - this.#artifact.pages * wasmPageBytes;
    if (grown > keptGrowthBytes) return "replace";
    if (this.#state === "broken") this.#guest.reinstantiate();
    this.#restore();
    if (this.#toCompile) this.#compile(this.#toCompile);
    return "clean";
  }

  usage(): InstanceUsage {
    return { peakMemoryBytes: this.#peakMemoryBytes };
  }

  close(): void {
    this.#state = "closed";
  }

  /** Calls the guest, and gives what it reports. Throws what cut it off. */
  #enter(supplies: Supplies, grants: RunGrants): Uint8Array {
    this.#guest.wasi.begin(grants);
    this.#runSupplies = supplies;
    this.#report = undefined;
    this.#state = "broken";
    try {
      this.#guest.exports.forge_run();
      this.#state = "ran";
      return this.#report ?? new Uint8Array();
    } finally {
      this.#runSupplies = noSupplies;
      this.#carried = this.#guest.endRun();
    }
  }

  /** In an instance that was restored for this alone, and is restored again after it. */
  #compile(plugin: CacheablePlugin): void {
    this.#toCompile = undefined;
    let code: Uint8Array | undefined;
    try {
      const supplies = suppliesOf({ ...plugin, input: "", maxPrintBytes: 0 }, "none");
      code = this.#enter(supplies, { print: () => {}, clock: "live", random: "live" });
    } catch {
      // Then each run compiles it, and ends as it must.
      this.#guest.reinstantiate();
    }
    this.#codes.keep(plugin, code ?? new Uint8Array());
    this.#hostFault = undefined;
    this.#restore();
  }

  /**
   * What the host's own code throws must never be taken for something that the guest did. Only the end of the stack is
   * the guest's doing wherever it is met: it may call the host with next to nothing left.
   */
  #hosting<T>(act: () => T): T {
    try {
      return act();
    } catch (thrown) {
      if (!(thrown instanceof StopRun || isEndOfStack(thrown))) this.#hostFault = thrown;
      throw thrown;
    }
  }

  #restore(): void {
    this.#restorer.restore();
    this.#begin();
  }

  #begin(): void {
    this.#carried = nothingCarried;
    this.#tables.clear();
    this.#guest.stackPointer = this.#artifact.stackPointer;
    this.#state = "ready";
  }
}

/** What ended the guest by unwinding it. Faults of ours are thrown on. */
function endOf(thrown: unknown): RunEnd {
  if (thrown instanceof StopRun) return { kind: "stopped", reason: thrown.reason };
  if (thrown instanceof ExitSignal) return { kind: "exited", code: thrown.code };
  if (thrown instanceof GuestAborted) return { kind: "crashed", cause: "abort", message: thrown.message };
  if (thrown instanceof WebAssembly.RuntimeError) {
    return { kind: "crashed", cause: "trap", message: `the interpreter trapped: ${thrown.message}` };
  }
  if (isEndOfStack(thrown)) {
    return { kind: "crashed", cause: "stack", message: "the interpreter ran out of native stack" };
  }
  throw thrown;
}

function isEndOfStack(thrown: unknown): boolean {
  return thrown instanceof RangeError && thrown.message.includes("call stack");
}

function lazily<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
