/** What must not grow, read from the outside. Linux only, as it reads /proc. */
import { readdirSync, readFileSync } from "node:fs";
import type { Client } from "./client.js";

export interface Sample {
  readonly atMs: number;
  readonly rssMb: number;
  readonly descriptors: number;
  readonly threads: number;
  /** Of the server's event loop, since the sample before. */
  readonly loopDelayP99Ms: number;
  /** Of ordinary runs over HTTP, since the sample before. */
  readonly runP50Ms: number;
  readonly runP99Ms: number;
  readonly runs: number;
}

export class Watch {
  readonly samples: Sample[] = [];
  readonly #pid: number;
  readonly #admin: Client;
  readonly #began = performance.now();
  #took: number[] = [];

  constructor(pid: number, admin: Client) {
    this.#pid = pid;
    this.#admin = admin;
  }

  readonly took = (ms: number): void => {
    this.#took.push(ms);
  };

  async sample(): Promise<Sample> {
    const took = this.#took.sort((a, b) => a - b);
    this.#took = [];
    const sample = {
      atMs: performance.now() - this.#began,
      rssMb: rssMb(this.#pid),
      descriptors: readdirSync(`/proc/${this.#pid}/fd`).length,
      threads: readdirSync(`/proc/${this.#pid}/task`).length,
      loopDelayP99Ms: (await readMetric(this.#admin, "nodejs_eventloop_lag_p99_seconds")) * 1_000,
      runP50Ms: took[Math.floor(took.length * 0.5)] ?? 0,
      runP99Ms: took[Math.floor(took.length * 0.99)] ?? 0,
      runs: took.length,
    };
    this.samples.push(sample);
    return sample;
  }

  /** Between the second fifth of the time, when all is warm, and the last. */
  growthOf(what: "rssMb" | "descriptors" | "threads"): number {
    const values = this.samples.map((sample) => sample[what]);
    const fifth = Math.max(1, Math.floor(values.length / 5));
    return median(values.slice(-fifth)) - median(values.slice(fifth, 2 * fifth));
  }
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function rssMb(pid: number): number {
  const [, kb = "0"] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return Number(kb) / 1024;
}

async function readMetric({ url, token }: Client, name: string): Promise<number> {
  const response = await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${token}` } });
  const line = (await response.text()).split("\n").find((one) => one.startsWith(`${name} `));
  return Number(line?.slice(name.length + 1) ?? Number.NaN);
}
