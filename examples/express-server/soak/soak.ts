/** Drives the whole platform for a while, as many at once would, and looks whether what must hold always held. */
import { inspect } from "node:util";
import { type Activity, activities, publish, type Scene } from "./activities.js";
import { anyOf } from "./any-of.js";
import { Ledger } from "./ledger.js";
import { startPlatform } from "./platform.js";
import { openSessions } from "./sessions.js";
import { verifyHistory, verifyTrail } from "./verify.js";
import { everyPlugin } from "./visitor-plugins.js";
import { type Sample, Watch } from "./watch.js";

export interface SoakOptions {
  readonly forMs: number;
  readonly sampleEveryMs: number;
  readonly onSample: (sample: Sample) => void;
}

export interface SoakReport {
  readonly violations: readonly string[];
  readonly violationCount: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly acceptedRuns: number;
  readonly auditRecords: number;
  readonly growth: { readonly rssMb: number; readonly descriptors: number; readonly threads: number };
  readonly samples: readonly Sample[];
}

/** Nothing is learned from going on after so many. */
const mostViolations = 100;

/** At the same time, besides one who has sessions. */
const visitorsAtOnce = 10;

/** A long soak may grow by less than this; a short one has not come to rest. */
const mostGrowth = { rssMb: 64, descriptors: 16, threads: 4 };
const restMs = 10 * 60_000;

export async function soak({ forMs, sampleEveryMs, onSample }: SoakOptions): Promise<SoakReport> {
  const platform = await startPlatform();
  const sessions = await openSessions();
  try {
    const ledger = new Ledger();
    const watch = new Watch(platform.pid, platform.admin);
    const { visitors, admin } = platform;
    const scene: Scene = { ledger, visitors, admin, took: watch.took };
    for (const visitor of visitors) {
      for (const plugin of everyPlugin) await publish(scene, visitor, plugin);
    }

    const until = performance.now() + forMs;
    const isOver = () => performance.now() >= until;
    const failed = (error: unknown) => ledger.violation(inspect(error));
    const keepOn = async (act: () => Promise<void>) => {
      while (!isOver() && ledger.violationCount < mostViolations) await act().catch(failed);
    };
    const sampling = setInterval(() => void watch.sample().then(onSample, () => {}), sampleEveryMs);
    await Promise.all([
      ...Array.from({ length: visitorsAtOnce }, () => keepOn(() => anyActivity()(scene, anyOf(visitors)))),
      keepOn(() => sessions.visit(ledger)),
    ]).finally(() => clearInterval(sampling));
    onSample(await watch.sample());

    const history = await verifyHistory(admin, ledger);
    const code = await platform.stop();
    if (code !== 0) ledger.violation(`the server ended with ${code}`);
    const auditRecords = await verifyTrail(platform.auditFile, history, ledger);
    const growth = {
      rssMb: watch.growthOf("rssMb"),
      descriptors: watch.growthOf("descriptors"),
      threads: watch.growthOf("threads"),
    };
    for (const what of ["rssMb", "descriptors", "threads"] as const) {
      if (forMs >= restMs && growth[what] > mostGrowth[what])
        ledger.violation(`${what} grew by ${growth[what]}`);
    }
    return {
      violations: ledger.violations,
      violationCount: ledger.violationCount,
      counts: ledger.counts,
      acceptedRuns: ledger.runs.size,
      auditRecords,
      growth,
      samples: watch.samples,
    };
  } finally {
    await sessions.close();
    platform.remove();
  }
}

const totalWeight = activities.reduce((total, { weight }) => total + weight, 0);

function anyActivity(): Activity {
  let left = Math.random() * totalWeight;
  const chosen = activities.find(({ weight }) => {
    left -= weight;
    return left < 0;
  });
  return (chosen ?? anyOf(activities)).act;
}
