import type { Instance, InstanceHost, InstanceUsage, RunEnd, RunRequest } from "../port.js";
import type { WasiPowers } from "../wasi/index.js";
import type { StockArtifact } from "./artifact.js";
import { endFrom } from "./ending.js";
import { Execution } from "./execution.js";
import { Guest } from "./guest.js";

const mb = 1024 * 1024;
const nearlyNothingBytes = 1024;

/**
 * Every run has an interpreter of its own. It is made when the last run is over, so that only starting it is left
 * when the next begins.
 */
export class StockInstance implements Instance {
  readonly #artifact: StockArtifact;
  readonly #host: InstanceHost;
  readonly #powers: WasiPowers;
  #next: Guest | undefined;
  #peakMemoryBytes = 0;
  #isClosed = false;

  constructor(artifact: StockArtifact, host: InstanceHost, powers: WasiPowers) {
    this.#artifact = artifact;
    this.#host = host;
    this.#powers = powers;
  }

  async run(request: RunRequest): Promise<RunEnd> {
    if (request.keepMain) {
      throw new TypeError("the stock runtime cannot keep __main__ between runs: use the forged one");
    }
    // Without waiting where that can be: who bounds the time of this call bounds the guest's.
    const guest = this.#takeReady() ?? (await this.#takeGuest());
    const execution = new Execution(request, this.#artifact, this.#host, this.#powers);
    const end = this.#endOf(execution, guest);
    this.#peakMemoryBytes = guest.memoryBytes;
    if (!execution.hasStarted && end.kind !== "stopped") {
      throw new Error(`the interpreter ended before it came to the plugin: ${JSON.stringify(end)}`);
    }
    return execution.settle(end);
  }

  async reset(): Promise<"clean"> {
    this.#next = await this.#takeGuest();
    return "clean";
  }

  usage(): InstanceUsage {
    return { peakMemoryBytes: this.#peakMemoryBytes };
  }

  close(): void {
    this.#isClosed = true;
    this.#next = undefined;
  }

  async #takeGuest(): Promise<Guest> {
    if (this.#isClosed) {
      throw new Error("this instance is closed: open another");
    }
    return this.#takeReady() ?? Guest.create(this.#artifact.module);
  }

  #takeReady(): Guest | undefined {
    const guest = this.#next;
    this.#next = undefined;
    return guest;
  }

  #endOf(execution: Execution, guest: Guest): RunEnd {
    try {
      return { kind: "exited", code: guest.start(execution.world) };
    } catch (thrown) {
      return endFrom(thrown, {
        hostFault: execution.hostFault,
        isOutOfStack: guest.stackPointer < this.#artifact.stackFloor + nearlyNothingBytes,
        isOutOfMemory: guest.memoryBytes + mb > this.#artifact.limits.memoryMb * mb,
      });
    }
  }
}
