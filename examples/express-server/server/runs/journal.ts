import {
  closeSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import type { RunRecord } from "../storage/runs/index.js";
import { parseJournalLine, type RunBeginning, toJournalText } from "./journal-line.js";

export interface JournalledRun {
  readonly beginning: RunBeginning;
  /** Absent when the server ended before the run did. */
  readonly record?: RunRecord;
}

const segmentName = /^runs-(\d{8})\.jsonl$/;
const maxSegmentBytes = 4_000_000;
const tidyBytes = 500_000;
/** Most runs have ended by then, and that line says it all. */
const beginningsMs = 20;

/** A file of the journal, and the runs in it that are not in the database yet. */
interface Segment {
  readonly path: string;
  readonly descriptor: number;
  bytes: number;
  unsettled: number;
}

/** A run's place in the journal. */
export interface JournalPlace {
  end(record: RunRecord): void;
  /** It is in the database now. */
  settle(): void;
}

/**
 * Runs on their way into the database. Writing a line takes microseconds and survives the end of this process, however it
 * ends; a transaction for each run would take milliseconds. It does not survive the end of the machine: the last moments
 * before a power failure may be missing. That a run has begun is written a moment later, if it has not ended by then; that it has
 * ended is written before anybody hears of it.
 *
 * What cannot be written, because the disk is full, is lost with the process if that ends before the database has it: so no
 * run begins until something can be written again.
 *
 * A run's lines are in one file. A file goes when all its runs are in the database. After a start nothing is appended to
 * files that were there before, since their last line may be cut off.
 */
export class RunJournal {
  #current: Segment | undefined;
  #number: number;
  readonly #begun = new Map<RunBeginning, Segment>();
  #timer: NodeJS.Timeout | undefined;
  #isFailing = false;

  /**
   * @param folder is made if need be, and belongs to the journal alone
   * @param onFault hears of every line that could not be written
   */
  constructor(
    private readonly folder: string,
    private readonly onFault: (error: Error) => void,
  ) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.#number = Math.max(0, ...segmentsIn(folder).map(({ number }) => number));
  }

  /** Throws where nothing can be written. */
  begin(beginning: RunBeginning): JournalPlace {
    const segment = this.#segment();
    if (this.#isFailing) this.#write(segment, "");
    segment.unsettled += 1;
    this.#begun.set(beginning, segment);
    this.#timer ??= setTimeout(() => this.#writeBeginnings(), beginningsMs);
    return {
      end: (record) => {
        this.#begun.delete(beginning);
        this.#tryToWrite(segment, toJournalText({ end: record }));
      },
      settle: () => this.#settle(segment),
    };
  }

  /** What a server before this one left, oldest first. */
  readLeftovers(): { readonly runs: readonly JournalledRun[]; readonly remove: () => void } {
    const left = segmentsIn(this.folder).filter(({ path }) => path !== this.#current?.path);
    return {
      runs: left.flatMap(({ path }) => readSegment(path)),
      remove: () => {
        for (const { path } of left) rmSync(path, { force: true });
      },
    };
  }

  close(): void {
    this.#writeBeginnings();
    const segment = this.#current;
    this.#current = undefined;
    if (segment === undefined) return;
    closeSync(segment.descriptor);
    if (segment.unsettled === 0) rmSync(segment.path, { force: true });
  }

  #writeBeginnings(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const texts = new Map<Segment, string>();
    for (const [begin, segment] of this.#begun) {
      texts.set(segment, (texts.get(segment) ?? "") + toJournalText({ begin }));
    }
    this.#begun.clear();
    for (const [segment, text] of texts) this.#tryToWrite(segment, text);
  }

  #tryToWrite(segment: Segment, text: string): void {
    try {
      this.#write(segment, text);
    } catch (error) {
      this.onFault(error as Error);
    }
  }

  #write(segment: Segment, text: string): void {
    // Half a line may be there, which must not spoil the one after it.
    const lines = this.#isFailing ? `\n${text}` : text;
    this.#isFailing = true;
    write(segment, lines);
    this.#isFailing = false;
  }

  #segment(): Segment {
    if (this.#current !== undefined && this.#current.bytes < maxSegmentBytes) return this.#current;
    const full = this.#current;
    this.#number += 1;
    const path = join(this.folder, `runs-${String(this.#number).padStart(8, "0")}.jsonl`);
    this.#current = { path, descriptor: openSync(path, "ax", 0o600), bytes: 0, unsettled: 0 };
    if (full?.unsettled === 0) remove(full);
    return this.#current;
  }

  #settle(segment: Segment): void {
    segment.unsettled -= 1;
    if (segment.unsettled > 0) return;
    if (segment !== this.#current) {
      remove(segment);
    } else if (segment.bytes >= tidyBytes) {
      ftruncateSync(segment.descriptor, 0);
      segment.bytes = 0;
    }
  }
}

function remove({ descriptor, path }: Segment): void {
  closeSync(descriptor);
  rmSync(path, { force: true });
}

function write(segment: Segment, text: string): void {
  const bytes = Buffer.from(text);
  segment.bytes += bytes.length;
  for (let written = 0; written < bytes.length; ) {
    written += writeSync(segment.descriptor, bytes, written);
  }
}

function segmentsIn(folder: string): readonly { readonly path: string; readonly number: number }[] {
  return readdirSync(folder)
    .filter((name) => segmentName.test(name))
    .sort()
    .map((name) => ({ path: join(folder, name), number: Number(segmentName.exec(name)?.[1]) }));
}

function readSegment(path: string): readonly JournalledRun[] {
  const runs = new Map<string, JournalledRun>();
  for (const text of readFileSync(path, "utf8").split("\n")) {
    const line = parseJournalLine(text);
    if (line === undefined) continue;
    if ("end" in line) runs.set(line.end.id, { beginning: line.end, record: line.end });
    else if (!runs.has(line.begin.id)) runs.set(line.begin.id, { beginning: line.begin });
  }
  return [...runs.values()];
}
