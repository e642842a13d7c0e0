import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { build } from "esbuild";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { createMailboxMemory, HostMailbox, type HostMailboxOptions, SeatMailbox } from "./index.js";
import { downBytes, layoutOf, upBytes, word } from "./layout.js";

const text = (...parts: readonly Uint8Array[]) => Buffer.concat(parts).toString();
const bytes = (content: string) => new TextEncoder().encode(content);
const pattern = (length: number) => Uint8Array.from({ length }, (_, at) => (at * 7 + (at >> 8)) % 251);

/** A seat that answers whatever it is told, or does what a test asks it to. */
const seatProgram = `
  const { workerData, parentPort } = require("node:worker_threads");
  const poke = workerData.pokes ? () => parentPort.postMessage(0) : undefined;
  const mailbox = new SeatMailbox(workerData.memory, { poke, lookingMs: workerData.lookingMs });
  try {
    if (workerData.says) for (let turn = 0; turn < workerData.says; turn++) mailbox.write([Uint8Array.of(turn)]);
    for (;;) mailbox.write([mailbox.read("due")]);
  } catch (error) {
    parentPort.postMessage(error.name);
  }
`;

let bundle = "";
beforeAll(async () => {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL("seat-mailbox.ts", import.meta.url))],
    bundle: true,
    write: false,
    format: "iife",
    globalName: "built",
    target: "node20",
  });
  bundle = `${outputFiles[0]?.text}; const { SeatMailbox } = built; ${seatProgram}`;
});

interface Seat {
  readonly memory: SharedArrayBuffer;
  readonly mailbox: HostMailbox;
  readonly worker: Worker;
  /** Resolves with all that was heard when it is so many bytes. */
  heard(length: number): Promise<Buffer>;
}

const opened: Seat[] = [];
afterEach(async () => {
  for (const { mailbox, worker } of opened.splice(0)) {
    mailbox.close();
    await worker.terminate();
  }
});

interface OpenSeatOptions extends Partial<HostMailboxOptions> {
  readonly says?: number;
  readonly lookingMs?: number;
}

function openSeat({ says = 0, lookingMs = 0, ...options }: OpenSeatOptions = {}): Seat {
  const memory = createMailboxMemory();
  const pieces: Uint8Array[] = [];
  let onMore = () => {};
  const mailbox = new HostMailbox(memory, {
    onFault: () => {},
    ...options,
    onBytes(piece) {
      pieces.push(piece);
      onMore();
    },
  });
  const worker = new Worker(bundle, {
    eval: true,
    workerData: { memory, says, lookingMs, pokes: mailbox.needsPokes },
  });
  if (mailbox.needsPokes) worker.on("message", () => mailbox.look());
  const heard = (length: number) =>
    new Promise<Buffer>((resolve) => {
      onMore = () => {
        const all = Buffer.concat(pieces);
        if (all.length >= length) resolve(all);
      };
      onMore();
    });
  const seat = { memory, mailbox, worker, heard };
  opened.push(seat);
  return seat;
}

describe("a mailbox", () => {
  it("carries what the host says, and what the seat answers", async () => {
    const { mailbox, heard } = openSeat();
    mailbox.write([bytes("one "), bytes(""), bytes("two ")]);
    expect(text(await heard(8))).toBe("one two ");
    mailbox.write([bytes("three")]);
    expect(text(await heard(13))).toBe("one two three");
  });

  it("carries more than it has room for, both ways at once", async () => {
    const { mailbox, heard } = openSeat();
    const much = pattern(3 * upBytes + 5 * downBytes + 13);
    mailbox.write([much.subarray(0, 7), much.subarray(7)]);
    expect((await heard(much.length)).equals(much)).toBe(true);
  });

  it("keeps what waits for room as it was when it was handed over", async () => {
    const { mailbox, heard } = openSeat();
    const much = pattern(4 * downBytes);
    const expected = Buffer.from(much);
    mailbox.write([much]);
    much.fill(0);
    expect((await heard(expected.length)).equals(expected)).toBe(true);
  });

  it("tells how much waits for room", async () => {
    const { mailbox, heard } = openSeat();
    mailbox.write([pattern(10)]);
    expect(mailbox.unwrittenBytes).toBe(0);
    mailbox.write([pattern(4 * downBytes), pattern(5)]);
    expect(mailbox.unwrittenBytes).toBeGreaterThan(2 * downBytes);
    await heard(4 * downBytes + 15);
    expect(mailbox.unwrittenBytes).toBe(0);
  });

  it("lets other work have its turn while a seat talks without end", async () => {
    const { heard } = openSeat({ says: 200_000 });
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    expect(await heard(200_000)).toHaveLength(200_000);
    clearInterval(timer);
    expect(turns).toBeGreaterThan(2);
  });

  it("wakes the seat when it is closed, and hears nothing more", async () => {
    const onBytes = vi.fn();
    const memory = createMailboxMemory();
    const mailbox = new HostMailbox(memory, { onBytes, onFault: () => {} });
    const worker = new Worker(bundle, { eval: true, workerData: { memory } });
    const told = once(worker, "message");
    mailbox.close();
    mailbox.close();
    mailbox.write([bytes("too late")]);
    expect(await told).toEqual(["MailboxClosed"]);
    await worker.terminate();
    expect(onBytes).not.toHaveBeenCalled();
  });

  it("gives back what was written before its close", () => {
    const memory = createMailboxMemory();
    const mailbox = new HostMailbox(memory, { onBytes: () => {}, onFault: () => {} });
    mailbox.write([bytes("the last")]);
    mailbox.close();
    const seat = new SeatMailbox(memory);
    expect(text(seat.read())).toBe("the last");
    expect(() => seat.read()).toThrow("closed");
  });

  it("takes what a seat wrote last, if the seat has ended before anybody looked", () => {
    const memory = createMailboxMemory();
    const heard: Uint8Array[] = [];
    const onBytes = (piece: Uint8Array) => void heard.push(piece);
    const mailbox = new HostMailbox(memory, { onBytes, onFault: expect.unreachable, waitAsync: undefined });
    const seat = new SeatMailbox(memory);
    seat.write([bytes("the end")]);
    mailbox.finish();
    expect(text(...heard)).toBe("the end");
    expect(() => seat.read()).toThrow();
  });

  it("works where the engine cannot wait without blocking, if the seat pokes the host", async () => {
    const { mailbox, heard } = openSeat({ waitAsync: undefined });
    expect(mailbox.needsPokes).toBe(true);
    const much = pattern(3 * upBytes);
    mailbox.write([much]);
    expect((await heard(much.length)).equals(much)).toBe(true);
  });

  it("carries the same where both ends look for a moment before they wait", async () => {
    const { mailbox, heard } = openSeat({ soon: setImmediate, lookingMs: 0.05 });
    const much = pattern(3 * upBytes + 13);
    mailbox.write([much], "due");
    expect((await heard(much.length)).equals(much)).toBe(true);
    // Long after both have stopped looking.
    await new Promise((resolve) => setTimeout(resolve, 20));
    mailbox.write([bytes("more")]);
    expect(text(await heard(much.length + 4))).toMatch(/more$/);
  });

  it("takes an answer without being woken for it while it looks", () => {
    const looks: (() => void)[] = [];
    const memory = createMailboxMemory();
    const onBytes = vi.fn();
    const host = new HostMailbox(memory, { onBytes, onFault: () => {}, soon: (look) => looks.push(look) });
    const seat = new SeatMailbox(memory);
    host.write([bytes("question")], "due");
    seat.read();
    seat.write([bytes("answer")]);
    expect(looks).toHaveLength(1);
    looks[0]?.();
    expect(onBytes).toHaveBeenCalledExactlyOnceWith(bytes("answer"));
    host.close();
  });

  it("goes on where its positions have come around", async () => {
    const memory = createMailboxMemory();
    const nearlyAround = 2 ** 32 - 10;
    const { words } = layoutOf(memory);
    for (const at of [word.upWritten, word.upRead, word.downWritten, word.downRead]) {
      Atomics.store(words, at, nearlyAround);
    }
    let heard = "";
    const host = new HostMailbox(memory, {
      onBytes: (piece) => {
        heard += text(piece);
      },
      onFault: () => {},
    });
    const seat = new SeatMailbox(memory);
    host.write([bytes("more than ten bytes down")]);
    expect(text(seat.read())).toBe("more than ten bytes down");
    seat.write([bytes("more than ten bytes up")]);
    await vi.waitFor(() => expect(heard).toBe("more than ten bytes up"));
    host.close();
  });
});

describe("a seat that lies in the shared memory", () => {
  const lies: Record<string, (words: Int32Array) => void> = {
    "says to have written more than there is room for": (words) =>
      Atomics.store(words, word.upWritten, upBytes + 1),
    "says to have written less than before": (words) => Atomics.store(words, word.upWritten, -1),
    "says to have read what nobody wrote": (words) => Atomics.store(words, word.downRead, 1),
  };

  it.each(Object.entries(lies))("and %s is found out", async (_, lie) => {
    const memory = createMailboxMemory();
    const { words } = layoutOf(memory);
    const onBytes = vi.fn();
    const found = new Promise<void>((resolve) => {
      const mailbox = new HostMailbox(memory, { onBytes, onFault: resolve });
      lie(words);
      Atomics.add(words, word.hostBell, 1);
      Atomics.notify(words, word.hostBell);
      queueMicrotask(() => mailbox.write([bytes("hello")]));
    });
    await found;
    expect(onBytes).not.toHaveBeenCalled();
    expect(Atomics.load(words, word.closed)).toBe(1);
  });

  it("has nothing kept for it any more when it is found out", () => {
    const memory = createMailboxMemory();
    const onFault = vi.fn();
    const mailbox = new HostMailbox(memory, { onBytes: () => {}, onFault, waitAsync: undefined });
    mailbox.write([pattern(3 * upBytes)]);
    expect(mailbox.unwrittenBytes).toBeGreaterThan(upBytes);
    Atomics.store(layoutOf(memory).words, word.downRead, -1);
    mailbox.look();
    expect(onFault).toHaveBeenCalledOnce();
    expect(mailbox.unwrittenBytes).toBe(0);
  });

  it("and rings without end leaves others their turns, and stops with the mailbox", async () => {
    const turn = () => new Promise((resolve) => setTimeout(resolve));
    // The bell has always changed already.
    const waitAsync = vi.fn(() => ({ async: false }) as const);
    const memory = createMailboxMemory();
    const mailbox = new HostMailbox(memory, { onBytes: () => {}, onFault: () => {}, waitAsync });
    expect(waitAsync).toHaveBeenCalledTimes(8);
    await turn();
    mailbox.close();
    await turn();
    const times = waitAsync.mock.calls.length;
    await turn();
    expect(waitAsync).toHaveBeenCalledTimes(times);
  });
});
