/**
 * Seats that are processes of their own: with no environment, no descriptors but their line, and Node's permission model
 * around them. What happens in one, up to a crash of the engine, ends with it.
 */
import { type ChildProcess, spawn } from "node:child_process";
import type { Socket } from "node:net";
import { dirname, sep } from "node:path";
import type { OpenSeatLine, SeatLine, SeatLineEvents } from "../seat/seat-line.js";
import { encodeSeatSetup, type SeatSetup } from "../seat/seat-setup.js";
import { lineDescriptor } from "./line-descriptor.js";

export interface ProcessSeatOptions {
  readonly program: string;
  /** Folders that the seat has to read: packages and an image. */
  readonly readable: readonly string[];
  readonly setup: SeatSetup;
  /** What the command begins with. */
  readonly launcher: readonly string[];
}

/** For what the seat itself keeps; a guest's memory is no part of it. */
const heapMb = 128;
/** Enough for what Node says when it cannot start. */
const mostComplaintBytes = 2000;

/** The first is wanted soon; each of the others warms up before it is ready. */
export function processSeats(options: ProcessSeatOptions): OpenSeatLine {
  let warmUpMs = 0;
  return (events) => {
    const line = new ProcessLine({ ...options, setup: { ...options.setup, warmUpMs } }, events);
    warmUpMs = options.setup.warmUpMs;
    return line;
  };
}

class ProcessLine implements SeatLine {
  readonly #child: ChildProcess | undefined;
  readonly #socket: Socket | undefined;
  /** What the process says on stderr until it speaks on its line: why it cannot start. */
  #complaint = "";

  constructor(options: ProcessSeatOptions, events: SeatLineEvents) {
    try {
      this.#child = startProcess(options);
    } catch (error) {
      queueMicrotask(() => events.onGone(`a process could not be started: ${(error as Error).message}`));
      return;
    }
    const child = this.#child;
    // Where no descriptor is left for them, a child has no streams, and tells of its error later.
    if (child.stdio === undefined) {
      child.once("error", ({ message }) => events.onGone(`a process could not be started: ${message}`));
      return;
    }
    const socket = child.stdio[lineDescriptor] as Socket;
    const stderr = child.stderr as Socket;
    this.#socket = socket;
    socket.on("data", (bytes: Buffer<ArrayBuffer>) => {
      stderr.destroy();
      events.onBytes(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    });
    stderr.on("data", (bytes: Buffer) => {
      this.#complaint = (this.#complaint + bytes.toString("latin1")).slice(0, mostComplaintBytes);
    });
    // That a seat is gone is told by its end, whatever else fails because of it.
    for (const stream of [socket, stderr]) stream.on("error", () => {}).unref();
    // A seat that cannot be talked to is none, though its process may live on.
    socket.once("close", () => child.kill("SIGKILL"));
    child.on("error", (error) => {
      this.#complaint ||= error.message;
    });
    child.once("close", (code, signal) => {
      events.onGone(`the process ended with ${signal ?? `code ${code}`} ${this.#complaint}`.trim());
    });
    child.unref();
    this.send(encodeSeatSetup(options.setup));
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  send(parts: readonly Uint8Array[]): void {
    const socket = this.#socket;
    if (!socket?.writable) return;
    socket.cork();
    for (const part of parts) socket.write(part);
    socket.uncork();
  }

  get unsentBytes(): number {
    return this.#socket?.writableLength ?? 0;
  }

  kill(): void {
    this.#child?.kill("SIGKILL");
    this.#socket?.destroy();
  }
}

function startProcess({ program, readable, launcher }: ProcessSeatOptions): ChildProcess {
  const folder = dirname(program);
  const permissions = [folder, ...readable].map((path) => `--allow-fs-read=${path}${sep}`);
  const [command = process.execPath, ...rest] = [
    ...launcher,
    process.execPath,
    ...flags(),
    ...permissions,
    program,
  ];
  return spawn(command, rest, {
    cwd: folder,
    env: {},
    stdio: ["ignore", "ignore", "pipe", "pipe"],
    windowsHide: true,
  });
}

/** Not allowed: to write files, to start processes or threads, native code of others, code made of text. */
function flags(): string[] {
  const isStable = process.allowedNodeEnvironmentFlags.has("--permission");
  return [
    isStable ? "--permission" : "--experimental-permission",
    "--no-addons",
    "--disallow-code-generation-from-strings",
    `--max-old-space-size=${heapMb}`,
    "--no-warnings",
  ];
}
