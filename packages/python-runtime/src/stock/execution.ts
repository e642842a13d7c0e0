import type { BlockingDoor } from "@wasmforge/bridge";
import { type InstanceHost, type RunEnd, type RunRequest, StopRun } from "../port.js";
import { parseRunReport } from "../run-report.js";
import { type Supplies, suppliesOf } from "../supplies.js";
import type { Clock } from "../wasi/clock/clock.js";
import { Deadline } from "../wasi/clock/deadline.js";
import { FixedClock } from "../wasi/clock/fixed-clock.js";
import { LiveClock } from "../wasi/clock/live-clock.js";
import type { WasiPowers } from "../wasi/powers.js";
import { cappedPrint } from "../wasi/print.js";
import { LiveRandom } from "../wasi/random/live-random.js";
import type { RandomSource } from "../wasi/random/random-source.js";
import { SeededRandom } from "../wasi/random/seeded-random.js";
import type { GuestFiles, StockArtifact } from "./artifact.js";
import { Channel, type ChannelHost } from "./channel.js";
import { channelFiles } from "./channel-files.js";
import { Reported } from "./ending.js";
import { grantedFiles } from "./granted-files.js";
import type { World } from "./guest.js";
import { LineConversation } from "./lines/conversation.js";
import { Input, Output } from "./streams.js";
import { GrantedFolder, Numbering, ReadOnlyFile, ReadOnlyFolder } from "./tree.js";

/** More than any call needs. A guest's own memory is often larger, and its bytes are copied on the host. */
const maxCallBytes = 32 * 1024 * 1024;

const nothing = new Uint8Array();

/** One run as the host sees it: what the guest is given, and what came of it when control was with the host. */
export class Execution {
  readonly world: World;
  readonly #conversation: LineConversation | undefined;
  #hasStarted = false;
  #fault: { readonly error: unknown } | undefined;

  constructor(request: RunRequest, artifact: StockArtifact, host: InstanceHost, powers: WasiPowers) {
    const numbering = new Numbering();
    const door = this.#guarded(host.door);
    const print = this.#guarded(cappedPrint(request.maxPrintBytes, host.print));
    const supplies = suppliesOf(request);
    const channel = new Channel(this.#channelHost(supplies, door), maxCallBytes);
    const printOut = (chunk: Uint8Array) => print("stdout", chunk);
    const lines =
      artifact.protocol === "lines"
        ? new LineConversation(supplies("input") ?? nothing, door, printOut)
        : undefined;
    this.#conversation = lines;
    this.world = {
      ...timeAndChance(request, powers),
      files: [
        new Input((size) => lines?.read(size) ?? nothing),
        new Output((chunk) => (lines ? lines.write(chunk) : printOut(chunk))),
        new Output((chunk) => print("stderr", chunk)),
        new GrantedFolder("/", grantedFiles(request.files ?? {}, numbering)),
        new GrantedFolder("/forge", forgeFolder(artifact.guestFiles, channel, numbering)),
      ],
    };
  }

  /** The guest asked for its source: from here on, how it ends is the plugin's doing. */
  get hasStarted(): boolean {
    return this.#hasStarted;
  }

  /** What the host's own door or print threw: it passed through the guest, and is not to be taken for the guest's. */
  get hostFault(): { readonly error: unknown } | undefined {
    return this.#fault;
  }

  /** Delivers what was printed and held back. That may end the run otherwise than it ended. */
  settle(end: RunEnd): RunEnd {
    try {
      this.#conversation?.end();
      return end;
    } catch (error) {
      if (error instanceof StopRun) {
        return end.kind === "stopped" ? end : { kind: "stopped", reason: error.reason };
      }
      throw error;
    }
  }

  #channelHost(supplies: Supplies, door: BlockingDoor): ChannelHost {
    return {
      supply: (name) => {
        this.#hasStarted ||= name === "source";
        return supplies(name);
      },
      call: door,
      end: (report) => {
        throw new Reported(parseRunReport(report));
      },
    };
  }

  #guarded<A extends unknown[], R>(power: (...args: A) => R): (...args: A) => R {
    return (...args) => {
      try {
        return power(...args);
      } catch (error) {
        this.#fault ??= { error };
        throw error;
      }
    };
  }
}

function timeAndChance(
  { repeatable, deadline }: RunRequest,
  powers: WasiPowers,
): { clock: Clock; random: RandomSource } {
  const end = new Deadline(powers, deadline === undefined ? undefined : onPowersClock(deadline, powers));
  if (!repeatable) {
    return { clock: new LiveClock(powers, end), random: new LiveRandom(powers) };
  }
  if (!Number.isSafeInteger(repeatable.seed)) {
    throw new TypeError("repeatable.seed must be a safe integer");
  }
  return { clock: new FixedClock(repeatable, end), random: new SeededRandom(BigInt(repeatable.seed)) };
}

/** A deadline is told on `performance.now()`; the powers' monotonic clock may count from another moment. */
function onPowersClock(deadlineMs: number, powers: WasiPowers): number {
  return Number(powers.monotonic()) / 1e6 + (deadlineMs - performance.now());
}

function forgeFolder(guestFiles: GuestFiles, channel: Channel, numbering: Numbering): ReadOnlyFolder {
  const folder = new ReadOnlyFolder(numbering);
  for (const [name, bytes] of Object.entries(guestFiles)) {
    folder.names.set(name, new ReadOnlyFile(numbering, bytes));
  }
  const { request, response } = channelFiles(channel, numbering);
  folder.names.set("request", request);
  folder.names.set("response", response);
  return folder;
}
