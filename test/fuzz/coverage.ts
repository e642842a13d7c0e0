import { type Profiler, Session } from "node:inspector";

/** A place in a source that was reached. */
export interface Place {
  readonly script: string;
  readonly offset: number;
}

/** What of the sources has run, as V8 counts it. */
export interface Coverage {
  /** How many characters of source have run so far. */
  readonly reached: number;
  /** Where something ran since the last question that had never run before: the beginning of each stretch. */
  takeNew(sources: RegExp): readonly Place[];
  /** Which of these places were reached since the last question. */
  takeOf(sources: RegExp, places: readonly Place[]): readonly Place[];
  close(): void;
}

/**
 * Every question takes milliseconds, whatever ran: it is asked for many inputs at a time. What was loaded before is counted
 * by whole functions, and a second time nothing is counted well: start it once in a thread, at its beginning.
 */
export function startCoverage(): Coverage {
  const session = new Session();
  session.connect();
  // Answered before `post` returns: the session is one with its own thread.
  session.post("Profiler.enable");
  session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
  const known = new Map<string, Uint8Array>();
  let reached = 0;

  const take = (sources: RegExp) => {
    let scripts: readonly Profiler.ScriptCoverage[] = [];
    session.post("Profiler.takePreciseCoverage", (_error, taken) => {
      scripts = taken?.result ?? [];
    });
    return scripts.filter(({ url }) => sources.test(url)).map(toRun);
  };

  return {
    get reached() {
      return reached;
    },
    takeNew(sources) {
      const places: Place[] = [];
      for (const { script, ran } of take(sources)) {
        const before = known.get(script) ?? new Uint8Array(0);
        const now = new Uint8Array(Math.max(before.length, ran.length));
        now.set(before);
        let isInStretch = false;
        for (let offset = 0; offset < ran.length; offset++) {
          const isNew = ran[offset] === 1 && now[offset] === 0;
          if (isNew) {
            if (!isInStretch) places.push({ script, offset });
            now[offset] = 1;
            reached += 1;
          }
          isInStretch = isNew;
        }
        known.set(script, now);
      }
      return places;
    },
    takeOf(sources, places) {
      const runs = new Map(take(sources).map(({ script, ran }) => [script, ran]));
      return places.filter(({ script, offset }) => runs.get(script)?.[offset] === 1);
    },
    close() {
      session.post("Profiler.stopPreciseCoverage");
      session.disconnect();
    },
  };
}

/** Character by character whether it ran. Ranges come from the outside in, and those within correct those around them. */
function toRun({ scriptId, functions }: Profiler.ScriptCoverage): { script: string; ran: Uint8Array } {
  const ranges = functions.flatMap((one) => one.ranges);
  const ran = new Uint8Array(Math.max(0, ...ranges.map(({ endOffset }) => endOffset)));
  for (const { startOffset, endOffset, count } of ranges) ran.fill(count > 0 ? 1 : 0, startOffset, endOffset);
  return { script: scriptId, ran };
}
