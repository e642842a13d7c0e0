/** Where the shim's WASI calls are wrong, missing, or would let a guest take what is not its own. */
import { type Fd, type WASI, wasi } from "@bjorn3/browser_wasi_shim";
import type { Clock } from "../wasi/clock/clock.js";
import type { RandomSource } from "../wasi/random/random-source.js";
import { Refusal } from "../wasi/refusal.js";
import { boundedCalls } from "./bounded-calls.js";
import { ChannelEnd } from "./channel-files.js";
import { GrantedFolder } from "./tree.js";

export interface SystemPowers {
  readonly clock: Clock;
  readonly random: RandomSource;
}

type SystemCalls = Record<string, (...args: never[]) => unknown>;

const maxOpenFiles = 256;
const maxSubscriptions = 1024;
const randomPieceBytes = 65_536;
const subscriptionBytes = 48;
const eventBytes = 32;
const absoluteTime = BigInt(wasi.SUBCLOCKFLAGS_SUBSCRIPTION_CLOCK_ABSTIME);

export function overrideSystemCalls(
  layer: WASI,
  memory: () => WebAssembly.Memory,
  powers: () => SystemPowers,
): void {
  const calls = layer.wasiImport as SystemCalls;
  const bounded = boundedCalls(layer.wasiImport);
  const { fd_close: close, fd_renumber: renumber } = layer.wasiImport;
  const open = bounded.path_open;
  const view = () => new DataView(memory().buffer);
  const notSupported = () => wasi.ERRNO_NOTSUP;

  Object.assign(calls, bounded, {
    // The shim throws a text.
    proc_raise: () => wasi.ERRNO_NOSYS,
    sched_yield: () => wasi.ERRNO_SUCCESS,
    sock_accept: notSupported,
    sock_recv: notSupported,
    sock_send: notSupported,
    sock_shutdown: notSupported,

    clock_res_get: answered((id: number, into: number) => {
      view().setBigUint64(into, powers().clock.resolution(id), true);
    }),

    clock_time_get: answered((id: number, _precision: bigint, into: number) => {
      view().setBigUint64(into, powers().clock.read(id), true);
    }),

    random_get: answered((into: number, length: number) => {
      const bytes = new Uint8Array(memory().buffer, into, length);
      for (let at = 0; at < length; at += randomPieceBytes) {
        powers().random.fill(bytes.subarray(at, at + randomPieceBytes));
      }
    }),

    fd_close(fd: number) {
      return isPinned(layer.fds[fd]) ? wasi.ERRNO_BADF : close?.(fd);
    },

    /** The shim closes a file that is renumbered to itself. */
    fd_renumber(from: number, to: number) {
      if (isPinned(layer.fds[from]) || isPinned(layer.fds[to])) {
        return wasi.ERRNO_BADF;
      }
      return from === to && layer.fds[from] !== undefined ? wasi.ERRNO_SUCCESS : renumber?.(from, to);
    },

    /** The shim gives every file a new number and never uses one again. */
    path_open(...args: number[]) {
      if (layer.fds.filter((file) => file !== undefined).length >= maxOpenFiles) {
        return wasi.ERRNO_MFILE;
      }
      const before = layer.fds.length;
      const result = open?.(...args);
      if (result === wasi.ERRNO_SUCCESS && layer.fds.length > before) {
        view().setUint32(args[8] ?? 0, toLowestFreeNumber(layer.fds), true);
      }
      return result;
    },

    poll_oneoff: answered((from: number, into: number, count: number, eventCount: number) => {
      if (count < 1 || count > maxSubscriptions) {
        return wasi.ERRNO_INVAL;
      }
      const subscriptions = Array.from({ length: count }, (_, i) =>
        readSubscription(view(), from + i * subscriptionBytes),
      );
      if (subscriptions.some(({ type }) => type > wasi.EVENTTYPE_FD_WRITE)) {
        return wasi.ERRNO_INVAL;
      }
      const events = waitFor(subscriptions, powers().clock, (fd) => layer.fds[fd] !== undefined);
      for (const [i, event] of events.entries()) {
        writeEvent(view(), into + i * eventBytes, event);
      }
      view().setUint32(eventCount, events.length, true);
      return wasi.ERRNO_SUCCESS;
    }),
  });
}

/** Without it no run could find its files, or report its end. */
function isPinned(file: Fd | undefined): boolean {
  return file instanceof ChannelEnd || file instanceof GrantedFolder;
}

/** Our clocks and sources refuse by throwing; a guest is told by number. */
function answered<A extends unknown[]>(
  call: (...args: A) => number | undefined | undefined,
): (...args: A) => number {
  return (...args) => {
    try {
      return call(...args) ?? wasi.ERRNO_SUCCESS;
    } catch (error) {
      if (error instanceof Refusal) {
        return error.errno;
      }
      throw error;
    }
  };
}

function toLowestFreeNumber(files: (Fd | undefined)[]): number {
  const opened = files.pop();
  const free = files.indexOf(undefined);
  const number = free === -1 ? files.length : free;
  files[number] = opened;
  return number;
}

interface Subscription {
  readonly userData: bigint;
  readonly type: number;
  /** A clock, or a descriptor. */
  readonly id: number;
  readonly timeout: bigint;
  readonly isAbsolute: boolean;
}

interface PollEvent {
  readonly subscription: Subscription;
  readonly errno: number;
}

function readSubscription(view: DataView, at: number): Subscription {
  return {
    userData: view.getBigUint64(at, true),
    type: view.getUint8(at + 8),
    id: view.getUint32(at + 16, true),
    timeout: view.getBigUint64(at + 24, true),
    isAbsolute: (view.getBigUint64(at + 40, true) & absoluteTime) !== 0n,
  };
}

function writeEvent(view: DataView, at: number, { subscription, errno }: PollEvent): void {
  for (let i = 0; i < eventBytes; i += 8) {
    view.setBigUint64(at + i, 0n, true);
  }
  view.setBigUint64(at, subscription.userData, true);
  view.setUint16(at + 8, errno, true);
  view.setUint8(at + 10, subscription.type);
}

/**
 * Files here are always ready, and what cannot be waited for is told at once, so only a wait for nothing but clocks takes
 * time: until the first of them.
 */
function waitFor(
  subscriptions: readonly Subscription[],
  clock: Clock,
  isOpen: (fd: number) => boolean,
): readonly PollEvent[] {
  const waits = subscriptions.map((subscription) => ({
    subscription,
    ...waitOf(subscription, clock, isOpen),
  }));
  let shortest = waits[0]?.left ?? 0n;
  for (const { left } of waits) {
    shortest = left < shortest ? left : shortest;
  }
  clock.sleep(shortest);
  return waits.filter(({ left }) => left === shortest);
}

function waitOf(
  { type, id, timeout, isAbsolute }: Subscription,
  clock: Clock,
  isOpen: (fd: number) => boolean,
): { readonly left: bigint; readonly errno: number } {
  if (type !== wasi.EVENTTYPE_CLOCK) {
    return { left: 0n, errno: isOpen(id) ? wasi.ERRNO_SUCCESS : wasi.ERRNO_BADF };
  }
  try {
    const now = clock.read(id);
    if (id > wasi.CLOCKID_MONOTONIC) {
      return { left: 0n, errno: wasi.ERRNO_NOTSUP };
    }
    const left = isAbsolute ? timeout - now : timeout;
    return { left: left > 0n ? left : 0n, errno: wasi.ERRNO_SUCCESS };
  } catch (error) {
    if (error instanceof Refusal) {
      return { left: 0n, errno: error.errno };
    }
    throw error;
  }
}
