/** What became of one test module. */
export interface Outcome {
  readonly module: string;
  readonly seconds: number;
  readonly passed: number;
  readonly skipped: number;
  /** By test, what each of its failures said. */
  readonly failures: ReadonlyMap<string, readonly string[]>;
  readonly leftOut: readonly string[];
  /** Why the module itself declines to run here. */
  readonly declined?: string;
  /** How it ended before its end, and in which test. */
  readonly broken?: { readonly how: string; readonly during: string };
  /** The end of what it printed. */
  readonly printed: string;
}

const keptOutput = 20_000;

/** Gathers an outcome from what run_module.py says. */
export class Listener {
  readonly #failures = new Map<string, string[]>();
  readonly #leftOut: string[] = [];
  #passed = 0;
  #skipped = 0;
  #current = { name: "", state: "none" };
  #declined: string | undefined;
  #printed = "";

  hear(what: string, text: string): void {
    const [name = "", ...lines] = text.split("\n");
    const why = lines.join("\n").trim();
    switch (what) {
      case "leave":
        this.#leftOut.push(name);
        break;
      case "start":
        this.#settle();
        this.#current = { name, state: "passed" };
        break;
      case "skip":
        if (name === this.#current.name) this.#current.state = "skipped";
        else this.#skipped += 1;
        break;
      case "fail":
        if (name === this.#current.name) this.#current.state = "failed";
        this.#failures.set(name, [...(this.#failures.get(name) ?? []), why]);
        break;
      case "decline":
        this.#declined = text;
        break;
      default:
        throw new Error(`a test module said ${JSON.stringify(what)}`);
    }
  }

  print(text: string): void {
    this.#printed = (this.#printed + text).slice(-keptOutput);
  }

  /** `how` says what ended it, if that was not its end. */
  toOutcome(module: string, seconds: number, how: string | undefined): Outcome {
    if (how !== undefined) this.#current.state = "broken";
    this.#settle();
    return {
      module,
      seconds,
      passed: this.#passed,
      skipped: this.#skipped,
      failures: this.#failures,
      leftOut: this.#leftOut,
      printed: this.#printed,
      ...(this.#declined !== undefined && { declined: this.#declined }),
      ...(how !== undefined && { broken: { how, during: this.#current.name } }),
    };
  }

  #settle(): void {
    if (this.#current.state === "passed") this.#passed += 1;
    if (this.#current.state === "skipped") this.#skipped += 1;
    this.#current.state = "none";
  }
}
