import { createHash } from "node:crypto";
import type { FakeModel } from "../fake-model.js";
import { gone } from "./stream.js";

export type ShelvedModel = Required<Omit<FakeModel, "remoteHost">> & Pick<FakeModel, "remoteHost">;

/** Which models there are, and which of them are in memory. */
export class ModelShelf {
  readonly #models = new Map<string, ShelvedModel>();
  readonly #loaded = new Set<string>();
  readonly #loading = new Map<string, { waiting: number; readonly done: Promise<void> }>();
  readonly #load: ((model: string) => Promise<void>) | undefined;
  /** How often the server began to load something. */
  loadsBegun = 0;

  constructor(models: readonly FakeModel[], load: ((model: string) => Promise<void>) | undefined) {
    this.#load = load;
    for (const model of models) {
      this.add(model);
    }
  }

  add(model: FakeModel): void {
    this.#models.set(model.name, completed(model));
  }

  remove(name: string): void {
    this.#models.delete(name);
    this.#loaded.delete(name);
  }

  all(): readonly ShelvedModel[] {
    return [...this.#models.values()];
  }

  /** As Ollama does: no tag means `:latest`. */
  find(name: unknown): ShelvedModel | undefined {
    if (typeof name !== "string") {
      return undefined;
    }
    return this.#models.get(name) ?? this.#models.get(`${name}:latest`);
  }

  loaded(): readonly ShelvedModel[] {
    return this.all().filter(({ name }) => this.#loaded.has(name));
  }

  unload(name: string): void {
    this.#loaded.delete(name);
  }

  /** Loading goes on only as long as somebody waits for it; `false` for whoever left. */
  async ensureLoaded(name: string, left: AbortSignal): Promise<boolean> {
    if (this.#loaded.has(name)) {
      return true;
    }
    const load = this.#loading.get(name) ?? this.#beginLoading(name);
    load.waiting += 1;
    await Promise.race([load.done, gone(left)]);
    load.waiting -= 1;
    if (left.aborted) {
      if (load.waiting === 0 && this.#loading.get(name) === load) {
        this.#loading.delete(name);
      }
      return false;
    }
    return true;
  }

  #beginLoading(name: string) {
    this.loadsBegun += 1;
    const load = {
      waiting: 0,
      done: (this.#load?.(name) ?? Promise.resolve()).then(() => {
        if (this.#loading.get(name) === load) {
          this.#loading.delete(name);
          this.#loaded.add(name);
        }
      }),
    };
    this.#loading.set(name, load);
    return load;
  }
}

function completed(model: FakeModel): ShelvedModel {
  return {
    digest: createHash("sha256").update(model.name).digest("hex"),
    sizeBytes: 2_019_393_189,
    family: "llama",
    parameterSize: "3.2B",
    capabilities: ["completion"],
    contextLength: 8192,
    embeddingLength: 8,
    ...model,
  };
}
