import type { ModelInfo, Provider, ProviderHealth } from "@wasmforge/core";
import type { Configuration } from "../configuration/index.js";
import type { Logger } from "../observability/index.js";
import { describeModel, withTag } from "./known-models.js";

const patienceMs = 5_000;

export interface ListedModel {
  /** As the operator wrote it. */
  readonly name: string;
  readonly kind: ModelInfo["kind"];
  readonly description: string;
  readonly available: boolean;
  readonly info?: ModelInfo;
}

/** Who answers calls, and why. */
export interface ModelChoice {
  readonly provider: "ollama" | "demo";
  readonly reason: string;
}

export interface ModelSourceOptions {
  readonly configuration: Configuration["models"];
  readonly server: Provider;
  readonly demo: Provider;
  readonly log: Logger;
  /** How often it looks for a server that was not there. @default 5_000 */
  readonly lookMs?: number;
}

/**
 * Where answers come from: the model server or, as long as it has never been in reach, the demo.
 *
 * Once the server has answered, the demo is out of it for good: it must never be mistaken for a model that has a bad day.
 */
export class ModelSource implements AsyncDisposable {
  /** For the Forge. */
  readonly provider: Provider;
  /** Resolves when the server has answered for the first time; never, where nobody looks for it. */
  readonly serverFound: Promise<void>;
  #choice: ModelChoice;
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;
  #announce: () => void = () => {};

  private constructor(private readonly options: ModelSourceOptions) {
    const { demo } = options.configuration;
    this.#choice = { provider: demo === "off" ? "ollama" : "demo", reason: `DEMO_MODELS is ${demo}` };
    this.serverFound = new Promise((resolve) => {
      this.#announce = resolve;
    });
    const current = () => this.#current;
    this.provider = {
      version: 1,
      // Of whoever answers at the moment: it is in the history of each call.
      get name() {
        return current().name;
      },
      generate: (request, context) => this.#current.generate(request, context),
      embed: (request, context) => {
        const { embed } = this.#current;
        if (embed === undefined) throw new TypeError("This provider has no embeddings.");
        return embed.call(this.#current, request, context);
      },
      models: (context) => this.#current.models(context),
      health: (context) => this.#current.health(context),
    };
  }

  static async create(options: ModelSourceOptions): Promise<ModelSource> {
    const source = new ModelSource(options);
    if (options.configuration.demo === "auto") await source.#look();
    return source;
  }

  get isDemo(): boolean {
    return this.#choice.provider === "demo";
  }

  get choice(): ModelChoice {
    return this.#choice;
  }

  /** Never rejects: that nothing can be learnt of the server is an answer too. */
  async health(): Promise<ProviderHealth> {
    try {
      return await this.options.server.health({ signal: AbortSignal.timeout(patienceMs) });
    } catch (error) {
      return { status: "error", message: error instanceof Error ? error.message : "it cannot be asked" };
    }
  }

  /** What the model server has, allowed or not. Empty where it cannot say. */
  async serverModels(): Promise<readonly ModelInfo[]> {
    return this.#modelsOf(this.options.server);
  }

  /** Every model that is allowed, there or not. */
  async list(): Promise<readonly ListedModel[]> {
    const there = new Map((await this.#modelsOf(this.#current)).map((info) => [withTag(info.name), info]));
    return this.options.configuration.allowed.map((name) => {
      const info = there.get(withTag(name));
      const known = describeModel(name);
      return { name, ...known, available: info?.available === true, ...(info && { info }) };
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    await this.options.server[Symbol.asyncDispose]?.();
  }

  get #current(): Provider {
    return this.isDemo ? this.options.demo : this.options.server;
  }

  async #modelsOf(provider: Provider): Promise<readonly ModelInfo[]> {
    try {
      return await provider.models({ signal: AbortSignal.timeout(patienceMs) });
    } catch {
      return [];
    }
  }

  async #look(): Promise<void> {
    const { status, message } = await this.health();
    if (this.#isClosed) return;
    if (status === "connected") {
      this.#choice = { provider: "ollama", reason: "it answers" };
      this.options.log.info("the model server answers: its models are used");
      this.#announce();
      return;
    }
    this.#choice = { provider: "demo", reason: message };
    this.#timer = setTimeout(() => void this.#look(), this.options.lookMs ?? 5_000).unref();
  }
}
