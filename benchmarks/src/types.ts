/** What every bench is made of. Types only: the code is plain `.mjs`, so that a measured process loads no compiler. */

/** Something that is measured: one way of executing a plugin. The process that opened it ends with it. */
export interface Subject {
  /** Untimed work before each `run`. */
  prepare?(): Promise<void>;
  /** The timed unit: a fresh, isolated run of the plugin, giving its answer. */
  run(): Promise<string>;
  /** Makes one more instance, runs the plugin in it, and keeps it alive until the process ends. */
  keep?(): Promise<void>;
  /** Executes Python of ours that leaves a string in `answer`. */
  evaluate?(source: string): Promise<string>;
  /** What only this kind of subject can show: samples of `what`, for which it may take `amount` (a time, a count). */
  measure?(what: string, amount: number): Promise<number[]>;
}

export interface OpenOptions {
  /** Where Pyodide's own memory snapshot was saved. */
  readonly snapshotFile?: string | undefined;
}

export type Request =
  | { readonly kind: "time"; readonly forMs: number; readonly atLeast: number }
  | { readonly kind: "keep"; readonly instances: number }
  | { readonly kind: "evaluate"; readonly source: string }
  | { readonly kind: "measure"; readonly what: string; readonly amount: number };

export interface Replies {
  /** Milliseconds of each run. */
  time: number[];
  /** Bytes of resident memory for each extra instance. */
  keep: number;
  evaluate: string;
  measure: number[];
}

export interface Summary {
  readonly n: number;
  readonly min: number;
  readonly p50: number;
  readonly p95: number;
}

export interface Row extends Summary {
  readonly subject: string;
  readonly unit: "ms" | "µs" | "MB" | "KB" | "runs/s";
}

export interface Measured {
  readonly rows: readonly Row[];
  readonly ratios: Readonly<Record<string, number>>;
  /** Why a row or a ratio is missing. */
  readonly notes: readonly string[];
}

export interface Machine {
  readonly node: string;
  readonly v8: string;
  /** Absent where there is none. */
  readonly python3?: string;
  readonly cpu: string;
  readonly cores: number;
  readonly memoryMb: number;
  readonly platform: string;
  /** Processes that wanted a core in the minute before: much above 0 spoils the figures. */
  readonly load: number;
  readonly date: string;
  readonly peers: Readonly<Record<string, string>>;
}

export interface Report {
  readonly name: string;
  readonly machine: Machine;
  readonly rows: readonly Row[];
  readonly ratios: Readonly<Record<string, number>>;
  readonly notes?: readonly string[];
}

export type Target = { readonly atLeast: number } | { readonly atMost: number };

export interface BenchContext {
  readonly progress: (text: string) => void;
  /** Measure only these subjects; all when absent. */
  readonly only?: ReadonlySet<string> | undefined;
  /** Few repeats: shows that a bench works, gives no figures to quote. */
  readonly quick: boolean;
  /** Given to every Node process that is measured. */
  readonly nodeFlags: readonly string[];
  readonly snapshotFile: () => Promise<string>;
}

export type Bench = (context: BenchContext) => Promise<Measured>;
