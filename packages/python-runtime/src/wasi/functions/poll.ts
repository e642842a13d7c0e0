import { ClockId, EventType, Right } from "../abi.js";
import type { Readiness } from "../descriptors/descriptor.js";
import { Errno } from "../errno.js";
import type { GuestMemory } from "../guest-memory.js";
import { Refusal, refuse } from "../refusal.js";
import type { RunContext } from "../run-context.js";
import { toU64 } from "./arguments.js";
import type { WasiHost } from "./host.js";
import type { WasiActions } from "./signatures.js";

/** More than libc's `poll` asks for with every descriptor open: two for each, and a timeout. */
const MAX_SUBSCRIPTIONS = 1024;
const SUBSCRIPTION_SIZE = 48;
const EVENT_SIZE = 32;
const ABSOLUTE_TIME = 1;
const HANGUP = 1;

type Subscription = { readonly userData: bigint } & (
  | {
      readonly type: typeof EventType.CLOCK;
      readonly id: number;
      readonly time: bigint;
      readonly absolute: boolean;
    }
  | { readonly type: typeof EventType.FD_READ | typeof EventType.FD_WRITE; readonly fd: number }
);

/** What is known of a subscription at one moment: it is ready, or will be after some time. */
type Answer = { readonly errno: Errno; readonly readiness?: Readiness } | { readonly waitNs: bigint };

/**
 * Waiting. Files and streams are always ready, so there is something to wait for only where all subscriptions are
 * clocks: then the earliest is slept for, once.
 */
export function pollFunctions(host: WasiHost): Pick<WasiActions, "poll_oneoff"> {
  const { memory } = host;
  return {
    poll_oneoff(subscriptions, events, count, eventCount) {
      const size = count >>> 0;
      if (size === 0 || size > MAX_SUBSCRIPTIONS) throw refuse(Errno.INVAL);
      const from = memory.check(subscriptions, size * SUBSCRIPTION_SIZE);
      const to = memory.check(events, size * EVENT_SIZE);
      const at = memory.check(eventCount, 4);
      // All are read before an event is written: the guest may have put one list over the other.
      const asked = Array.from({ length: size }, (_, i) =>
        readSubscription(memory, from + i * SUBSCRIPTION_SIZE),
      );
      const answers = asked.map((subscription) => answer(host.run, subscription));
      const waits = answers.map((found) => ("waitNs" in found ? found.waitNs : 0n));
      const shortest = minimum(waits);
      host.run.clock.sleep(shortest);
      let written = 0;
      for (const [i, subscription] of asked.entries()) {
        if ((waits[i] ?? 0n) > shortest) continue;
        writeEvent(memory, to + written * EVENT_SIZE, subscription, answers[i]);
        written += 1;
      }
      memory.setU32(at, written);
    },
  };
}

function minimum([first = 0n, ...others]: readonly bigint[]): bigint {
  let least = first;
  for (const other of others) if (other < least) least = other;
  return least;
}

function readSubscription(memory: GuestMemory, at: number): Subscription {
  const userData = memory.u64(at);
  const type = memory.u8(at + 8);
  if (type === EventType.CLOCK) {
    const absolute = (memory.u16(at + 40) & ABSOLUTE_TIME) !== 0;
    return { userData, type, id: memory.u32(at + 16), time: memory.u64(at + 24), absolute };
  }
  if (type === EventType.FD_READ || type === EventType.FD_WRITE) {
    return { userData, type, fd: memory.u32(at + 16) };
  }
  throw refuse(Errno.INVAL);
}

/** A refusal is the answer to this one subscription, not to the call. */
function answer(run: RunContext, subscription: Subscription): Answer {
  try {
    if (subscription.type === EventType.CLOCK) {
      const { id, time, absolute } = subscription;
      const now = run.clock.read(id);
      if (id > ClockId.MONOTONIC) return { errno: Errno.NOTSUP };
      const waitNs = absolute ? time - now : toU64(time);
      return { waitNs: waitNs > 0n ? waitNs : 0n };
    }
    const isRead = subscription.type === EventType.FD_READ;
    const descriptor = run.descriptors.get(
      subscription.fd,
      Right.POLL_FD_READWRITE | (isRead ? Right.FD_READ : Right.FD_WRITE),
    );
    return { errno: Errno.SUCCESS, readiness: isRead ? descriptor.canRead() : descriptor.canWrite() };
  } catch (error) {
    if (error instanceof Refusal) return { errno: error.errno };
    throw error;
  }
}

function writeEvent(
  memory: GuestMemory,
  at: number,
  subscription: Subscription,
  found: Answer | undefined,
): void {
  const ready = found !== undefined && "errno" in found ? found : undefined;
  memory.bytes(at, EVENT_SIZE).fill(0);
  memory.setU64(at, subscription.userData);
  memory.setU16(at + 8, ready?.errno ?? Errno.SUCCESS);
  memory.setU8(at + 10, subscription.type);
  memory.setU64(at + 16, BigInt(ready?.readiness?.bytes ?? 0));
  memory.setU16(at + 24, ready?.readiness?.hangup === true ? HANGUP : 0);
}
