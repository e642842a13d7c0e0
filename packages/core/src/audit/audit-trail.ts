/**
 * Writes records to a sink, one batch at a time, without ever holding up a run.
 *
 * Lines wait in memory while the sink is busy. A batch that fails stays at the head and is tried again when the next
 * record comes, at most once a second, and at the end. When too much waits, newer records are lost, and the next line
 * that is written says how many.
 */
import { ForgeError } from "@wasmforge/bridge";
import { tellHost } from "../run/tell-host.js";
import { sealLine } from "./audit-line.js";
import type { AuditSink } from "./audit-sink.js";

/** Memory that records may take while a sink does not keep up. */
const maxWaitingChars = 32 * 1024 * 1024;
const retryAfterMs = 1_000;
const flushMs = 5_000;

export interface AuditTrailOptions {
  readonly sink: AuditSink;
  /** Hears of every failed write, and once when records begin to be lost. What it throws is ignored. */
  readonly onError: (error: ForgeError) => void;
  readonly now?: () => number;
  readonly maxWaitingChars?: number;
  readonly flushMs?: number;
}

export class AuditTrail {
  readonly #options: Required<AuditTrailOptions>;
  #waiting: string[] = [];
  #waitingChars = 0;
  #previous: string | undefined;
  #missing = 0;
  #writing: Promise<void> | undefined;
  #writingSince = 0;
  #failure: ForgeError | undefined;
  #failedAt = Number.NEGATIVE_INFINITY;
  #closing: Promise<void> | undefined;

  private constructor(options: Required<AuditTrailOptions>) {
    this.#options = options;
  }

  static async open(options: AuditTrailOptions): Promise<AuditTrail> {
    const defaults = { now: () => performance.now(), maxWaitingChars, flushMs };
    const trail = new AuditTrail({ ...defaults, ...options });
    try {
      const position = await options.sink.open?.();
      trail.#previous = position?.lastHash;
      trail.#missing = position?.missing ?? 0;
    } catch (cause) {
      throw failed("the audit sink cannot be opened, so nothing would be recorded", cause);
    }
    return trail;
  }

  /** Why records do not reach the sink at the moment. Asking makes another attempt, when it is time for one. */
  failure(): ForgeError | undefined {
    if (this.#failure) this.#write();
    return this.#failure ?? this.#hang();
  }

  #hang(): ForgeError | undefined {
    const { now, flushMs } = this.#options;
    if (!this.#writing || now() - this.#writingSince <= flushMs) return undefined;
    return failed(`the audit sink has not taken what it was given for more than ${flushMs} ms`, undefined);
  }

  /** `run` is canonical JSON. */
  add(run: string): void {
    if (this.#waitingChars + run.length > this.#options.maxWaitingChars) {
      if (this.#missing === 0) {
        this.#failed(failed("the audit sink does not keep up, and records are being lost", undefined));
      }
      this.#missing += 1;
      return;
    }
    const { line, hash } = sealLine(run, { previous: this.#previous, missing: this.#missing });
    this.#previous = hash;
    this.#missing = 0;
    this.#waiting.push(line);
    this.#waitingChars += line.length;
    this.#write();
  }

  /** Waits for what was added, but not for ever. */
  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    const { sink } = this.#options;
    const finish = async () => {
      await this.#writing;
      this.#failedAt = Number.NEGATIVE_INFINITY;
      this.#write();
      await this.#writing;
      await sink.close?.();
    };
    let timer: ReturnType<typeof setTimeout> | undefined;
    const timeout = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error("the audit sink does not finish")), this.#options.flushMs);
    });
    try {
      await Promise.race([finish(), timeout]);
    } catch (cause) {
      this.#failed(failed("the audit sink could not be closed in order", cause));
    } finally {
      clearTimeout(timer);
    }
    if (this.#waiting.length > 0) {
      this.#failed(failed(`${this.#waiting.length} audit records never reached the sink`, undefined));
    }
  }

  #write(): void {
    if (this.#writing || this.#waiting.length === 0) return;
    if (this.#options.now() - this.#failedAt < retryAfterMs) return;
    this.#writingSince = this.#options.now();
    this.#writing = this.#writeWaiting();
  }

  async #writeWaiting(): Promise<void> {
    // What is added in the same turn goes into the same batch.
    await undefined;
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.slice();
      const { length } = batch;
      this.#writingSince = this.#options.now();
      try {
        await this.#options.sink.write(batch);
      } catch (cause) {
        this.#failedAt = this.#options.now();
        this.#failed(failed("the audit sink failed; its records are kept and will be tried again", cause));
        break;
      }
      this.#waiting.splice(0, length);
      this.#waitingChars = this.#waiting.reduce((sum, line) => sum + line.length, 0);
      this.#failure = undefined;
      this.#failedAt = Number.NEGATIVE_INFINITY;
    }
    // In the very turn in which nothing waits any more: who adds in the next one begins to write again.
    this.#writing = undefined;
  }

  #failed(error: ForgeError): void {
    this.#failure = error;
    tellHost(this.#options.onError, error);
  }
}

function failed(message: string, cause: unknown): ForgeError {
  return new ForgeError("audit_failed", message, { cause });
}
