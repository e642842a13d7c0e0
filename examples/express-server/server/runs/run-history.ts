import type { Logger } from "../observability/index.js";
import { Problem } from "../problem.js";
import { isDatabaseAway, type Storage } from "../storage/index.js";
import { deleteRunsBefore, type RunRecord, storeRuns } from "../storage/runs/index.js";
import type { JournalledRun, JournalPlace, RunJournal } from "./journal.js";
import type { RunBeginning } from "./journal-line.js";

const batchSize = 500;
const gatherMs = 200;
const longestPauseMs = 5_000;
/** More than this on its way, and runs are refused: the database cannot keep up, or is away. */
const maxWaiting = 20_000;
const dayMs = 86_400_000;

interface WaitingRecord {
  readonly record: RunRecord;
  readonly place: JournalPlace;
}

export interface RunHistoryOptions {
  readonly storage: Storage;
  readonly journal: RunJournal;
  readonly days: number;
  readonly log: Logger;
}

/**
 * Brings runs into the database, many at a time. What it has not brought there is in the journal; the next server of this
 * folder takes it from there.
 */
export class RunHistory {
  #waiting: WaitingRecord[] = [];
  #storing: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #failures = 0;
  #closed = false;
  readonly #cleaner: NodeJS.Timeout;

  constructor(private readonly options: RunHistoryOptions) {
    this.#cleaner = setInterval(() => void this.clean(), dayMs / 4).unref();
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  /** Takes over what the server before this one left: runs that ended, and runs that were interrupted by its end. */
  async adopt(): Promise<number> {
    const { runs, remove } = this.options.journal.readLeftovers();
    const records = runs.map(toRecord);
    for (let from = 0; from < records.length; from += batchSize) {
      await this.#store(records.slice(from, from + batchSize));
    }
    remove();
    return records.length;
  }

  /** Refuses when too much is on its way already. */
  begin(beginning: RunBeginning): { readonly end: (record: RunRecord) => void } {
    if (this.#waiting.length >= maxWaiting) throw cannotBeWritten();
    const place = this.#journal(beginning);
    return {
      end: (record) => {
        place.end(record);
        this.#waiting.push({ record, place });
        this.#schedule(gatherMs);
      },
    };
  }

  #journal(beginning: RunBeginning): JournalPlace {
    try {
      return this.options.journal.begin(beginning);
    } catch (cause) {
      this.options.log.error({ err: cause }, "the journal of runs cannot be written: no run begins");
      throw cannotBeWritten();
    }
  }

  /** Resolves when everything that has ended before is in the database; rejects while that is away. */
  async flush(): Promise<void> {
    const goal = this.#waiting.at(-1);
    while (goal !== undefined && this.#waiting.includes(goal)) {
      this.#storing ??= this.#storeBatch();
      await this.#storing;
    }
  }

  async clean(): Promise<void> {
    try {
      await deleteRunsBefore(this.options.storage.database, new Date(Date.now() - this.options.days * dayMs));
    } catch (error) {
      this.options.log.warn({ err: error }, "old runs could not be cleared away; that is tried again later");
    }
  }

  /** What cannot be stored now stays in the journal. Idempotent. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    clearInterval(this.#cleaner);
    clearTimeout(this.#timer);
    await this.flush().catch(() => {});
    this.options.journal.close();
  }

  #schedule(pauseMs: number): void {
    if (this.#timer !== undefined || this.#storing !== undefined || this.#closed) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#storing ??= this.#storeBatch();
      // Whoever waits for it hears of a failure; else it is tried again.
      this.#storing.catch(() => {});
    }, pauseMs).unref();
  }

  async #storeBatch(): Promise<void> {
    const batch = this.#waiting.slice(0, batchSize);
    try {
      await this.#store(batch.map(({ record }) => record));
      this.#failures = 0;
      this.#waiting.splice(0, batch.length);
      for (const { place } of batch) place.settle();
    } catch (error) {
      this.#failures += 1;
      if (this.#failures === 1) this.options.log.warn({ err: error }, "runs could not be stored; they wait");
      throw error;
    } finally {
      this.#storing = undefined;
      if (this.#waiting.length > 0) this.#schedule(this.#failures === 0 ? 0 : this.#pauseMs());
    }
  }

  /** A record that the database does not take must not keep the others out: it is told to the log, and given up. */
  async #store(records: readonly RunRecord[]): Promise<void> {
    const { database } = this.options.storage;
    try {
      await storeRuns(database, records);
    } catch (error) {
      if (isDatabaseAway(error)) throw error;
      if (records.length === 1) {
        this.options.log.error({ err: error, run_id: records[0]?.id }, "a run could not be stored");
        return;
      }
      const half = Math.ceil(records.length / 2);
      await this.#store(records.slice(0, half));
      await this.#store(records.slice(half));
    }
  }

  #pauseMs(): number {
    return Math.min(100 * 2 ** this.#failures, longestPauseMs);
  }
}

function cannotBeWritten(): Problem {
  const detail = "The history of runs cannot be written at the moment: try again soon.";
  return new Problem("unavailable", detail, { retryAfterSeconds: 5 });
}

function toRecord({ beginning, record }: JournalledRun): RunRecord {
  return (
    record ?? {
      ...beginning,
      status: "stopped",
      reason: "interrupted",
      errorMessage: "The server ended while the plugin was running.",
      ...nothingKnown,
    }
  );
}

const nothingKnown = {
  queueMs: 0,
  wallMs: 0,
  computeMs: 0,
  waitMs: 0,
  peakMemoryBytes: 0,
  calls: 0,
  promptTokens: 0,
  completionTokens: 0,
  outputBytes: 0,
  audit: [],
};
