/** Our own layer, called directly and by a WebAssembly guest. */
import { StopRun } from "../../../packages/python-runtime/src/port.js";
import { MAX_DESCRIPTORS } from "../../../packages/python-runtime/src/wasi/descriptors/descriptor-table.js";
import { Errno } from "../../../packages/python-runtime/src/wasi/errno.js";
import { ExitSignal } from "../../../packages/python-runtime/src/wasi/exit-signal.js";
import { RESULT, TestGuest } from "../../../packages/python-runtime/src/wasi/test/test-guest.js";
import { ReadOnlyFile } from "../../../packages/python-runtime/src/wasi/tree/read-only-file.js";
import { Volume } from "../../../packages/python-runtime/src/wasi/tree/volume.js";
import { WritableDirectory } from "../../../packages/python-runtime/src/wasi/tree/writable-directory.js";
import { forwardingGuest } from "../../wasi/forwarding-guest.js";
import type { Calls } from "../../wasi/functions.js";
import { assert } from "../assert.js";
import type { Subject, Target } from "../target.js";
import { valuesTarget } from "../target.js";
import { prepare, toArguments, type WasiCall, wasiCalls } from "../wasi-calls.js";

const quotaBytes = 60_000;
const hostBytes = "what the host has granted";
const answers: ReadonlySet<number> = new Set(Object.values(Errno));
const directory = 3;

export const wasiTarget = wasiTargetOf(
  "wasi",
  "Whatever is called with whatever numbers, it is answered by an errno, and a run takes no more than it was granted.",
  (guest) => guest.call as unknown as Calls,
);

export const wasiGuestTarget = wasiTargetOf(
  "wasi-guest",
  "The same, called by a WebAssembly module.",
  (guest) => forwardingGuest(guest.call, guest.memory),
);

function wasiTargetOf(name: string, about: string, callsOf: (guest: TestGuest) => Calls): Target {
  return valuesTarget<readonly WasiCall[]>({
    name,
    about,
    values: wasiCalls,
    open: async () => subjectOf(callsOf),
  });
}

function subjectOf(callsOf: (guest: TestGuest) => Calls): Subject<readonly WasiCall[]> {
  return {
    check(said) {
      const world = createWorld();
      const calls = callsOf(world.guest);
      let time = 0n;
      for (const call of said) {
        tryCall(calls, call, world.guest);
        assert(
          world.volume.freeBytes <= quotaBytes,
          `after ${call.name} there is more room than was granted`,
        );
        assert(world.volume.freeBytes >= 0, `after ${call.name} more was taken than was granted`);
        const now = uptime(world.guest);
        assert(now >= time, `after ${call.name} the monotonic clock went back`);
        time = now;
      }
      assert(new TextDecoder().decode(world.granted) === hostBytes, "the host's own bytes were changed");
      assert(
        world.guest.wasi.end().lost.every((fd) => fd < MAX_DESCRIPTORS),
        "a descriptor's number is too high",
      );
      removeAll(world.guest, world.root);
      assert(
        world.volume.freeBytes === quotaBytes,
        `of an empty tree ${world.volume.freeBytes} bytes are free`,
      );
    },
    close() {},
  };
}

function tryCall(calls: Calls, call: WasiCall, guest: TestGuest): void {
  const { name } = call;
  try {
    const errno = calls[name](...toArguments(call));
    assert(answers.has(errno), `${name} answered ${errno}`);
    if (name === "path_open" && errno === Errno.SUCCESS) {
      const at = Number(call.args[8]) >>> 0;
      assert(guest.u32(at) < MAX_DESCRIPTORS, "a descriptor's number is too high");
    }
  } catch (error) {
    const isEnd =
      (name === "proc_exit" && error instanceof ExitSignal) ||
      (name === "poll_oneoff" && error instanceof StopRun && error.reason === "timeout");
    if (!isEnd) throw error;
  }
}

function createWorld() {
  const volume = new Volume();
  const root = new WritableDirectory(volume);
  const granted = new TextEncoder().encode(hostBytes);
  root.place("a.txt", new ReadOnlyFile(volume.nextInode(), granted));
  volume.limit(quotaBytes);
  const guest = new TestGuest({
    files: root,
    clock: { nowMs: 1_750_000_000_000 },
    random: { seed: 1 },
    args: ["python", "-c"],
    env: { HOME: "/" },
  });
  prepare(guest.memory);
  return { volume, root, granted, guest };
}

function uptime(guest: TestGuest): bigint {
  guest.call.clock_time_get(1, 0n, RESULT);
  return guest.u64();
}

/** As the next run of the same guest could. */
function removeAll(guest: TestGuest, root: WritableDirectory): void {
  guest.begin({ files: root });
  const empty = (path: string) => {
    const fd = guest.fd(path, { rights: 1 << 14 });
    for (const name of guest.list(fd).filter((one) => one !== "." && one !== "..")) {
      const inner = path === "." ? name : `${path}/${name}`;
      if (guest.stat(inner).fileType !== directory) {
        assert(
          guest.call.path_unlink_file(3, ...guest.put(inner)) === Errno.SUCCESS,
          "a file cannot be removed",
        );
        continue;
      }
      empty(inner);
      assert(guest.call.path_remove_directory(3, ...guest.put(inner)) === Errno.SUCCESS, "a directory stays");
    }
    guest.call.fd_close(fd);
  };
  empty(".");
  guest.wasi.end();
}
