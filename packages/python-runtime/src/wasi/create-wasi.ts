import type { Carried } from "./carried.js";
import { answering } from "./functions/answering.js";
import { descriptorFunctions } from "./functions/descriptors.js";
import type { WasiHost } from "./functions/host.js";
import { pathFunctions } from "./functions/paths.js";
import { pollFunctions } from "./functions/poll.js";
import { processFunctions } from "./functions/process.js";
import type { WasiFunctions } from "./functions/signatures.js";
import { stringFunctions } from "./functions/strings.js";
import { timeAndChanceFunctions } from "./functions/time-and-chance.js";
import { transferFunctions } from "./functions/transfers.js";
import type { RunGrants } from "./grants.js";
import { GuestMemory } from "./guest-memory.js";
import type { WasiPowers } from "./powers.js";
import { nothingGranted, openRun } from "./run-context.js";

export interface WasiOptions {
  readonly powers: WasiPowers;
  /** Asked for at every access, so it may be known only after the instance was made with these imports. */
  readonly memory: () => WebAssembly.Memory;
}

/** The layer under one instance. */
export interface Wasi {
  /** Goes into the instance's import object as `wasi_snapshot_preview1`. */
  readonly imports: WasiFunctions;
  /**
   * Says what the run that follows may use, and takes everything from the one before: descriptors 0 to 2 are the
   * standard streams again, 3 is `/`, and no other is open. Throws `TypeError` for grants that cannot be.
   */
  begin(grants: RunGrants): void;
  /** Takes everything away until the next `begin`, and lets go of what was granted. */
  end(): Carried;
}

export function createWasi({ powers, memory }: WasiOptions): Wasi {
  const host: WasiHost = { memory: new GuestMemory(memory), run: nothingGranted() };
  const end = (): Carried => {
    const carried = { ...host.run.clock.state, lost: host.run.descriptors.held };
    // A tree may outlive the run: what was open in it no longer is.
    host.run.descriptors.closeAll();
    host.run = nothingGranted();
    return carried;
  };
  return {
    imports: answering({
      ...stringFunctions(host),
      ...timeAndChanceFunctions(host),
      ...descriptorFunctions(host),
      ...transferFunctions(host),
      ...pathFunctions(host),
      ...pollFunctions(host),
      ...processFunctions(host),
    }),
    begin(grants) {
      end();
      host.run = openRun(powers, grants);
    },
    end,
  };
}
