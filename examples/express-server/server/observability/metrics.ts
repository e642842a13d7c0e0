import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

const seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120];

export interface RequestFigures {
  readonly method: string;
  /** The route's, not the request's: nobody outside may make up labels. */
  readonly path: string;
  readonly status: number;
  readonly seconds: number;
}

export interface RunFigures {
  readonly status: string;
  readonly reason: string;
  readonly seconds: number;
  readonly queueSeconds: number;
  readonly computeSeconds: number;
  readonly calls: number;
  readonly promptTokens: number;
  readonly completionTokens: number;
}

/** What a collector may know. There are no names of users or plugins in it. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #requests = new Histogram({
    name: "wasmforge_http_request_duration_seconds",
    help: "How long requests took, until the last byte of the answer.",
    labelNames: ["method", "path", "status"],
    buckets: seconds,
    registers: [this.#registry],
  });
  readonly #runs = new Counter({
    name: "wasmforge_runs_total",
    help: "Runs that have ended.",
    labelNames: ["status", "reason"],
    registers: [this.#registry],
  });
  readonly #runSeconds = this.#histogram(
    "wasmforge_run_duration_seconds",
    "How long runs took, from their start.",
  );
  readonly #queueSeconds = this.#histogram(
    "wasmforge_run_queue_seconds",
    "How long runs waited for their turn.",
  );
  readonly #computeSeconds = this.#histogram("wasmforge_run_compute_seconds", "How long runs computed.");
  readonly #calls = this.#counter(
    "wasmforge_model_calls_total",
    "Calls that plugins made, refused ones included.",
  );
  readonly #promptTokens = this.#counter("wasmforge_prompt_tokens_total", "Tokens that models were given.");
  readonly #completionTokens = this.#counter(
    "wasmforge_completion_tokens_total",
    "Tokens that models answered.",
  );

  constructor() {
    collectDefaultMetrics({ register: this.#registry });
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  /** Asks each time the metrics are read. */
  watch(name: string, help: string, read: () => number): void {
    new Gauge({
      name,
      help,
      registers: [this.#registry],
      collect() {
        this.set(read());
      },
    });
  }

  observeRequest({ method, path, status, seconds }: RequestFigures): void {
    this.#requests.observe({ method, path, status }, seconds);
  }

  observeRun(run: RunFigures): void {
    this.#runs.inc({ status: run.status, reason: run.reason });
    this.#runSeconds.observe(run.seconds);
    this.#queueSeconds.observe(run.queueSeconds);
    this.#computeSeconds.observe(run.computeSeconds);
    this.#calls.inc(run.calls);
    this.#promptTokens.inc(run.promptTokens);
    this.#completionTokens.inc(run.completionTokens);
  }

  toText(): Promise<string> {
    return this.#registry.metrics();
  }

  #histogram(name: string, help: string) {
    return new Histogram({ name, help, buckets: seconds, registers: [this.#registry] });
  }

  #counter(name: string, help: string) {
    return new Counter({ name, help, registers: [this.#registry] });
  }
}
