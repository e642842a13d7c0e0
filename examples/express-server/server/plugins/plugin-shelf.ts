import { createHash } from "node:crypto";
import { FreshCache } from "../storage/changes/index.js";
import type { Storage } from "../storage/index.js";
import {
  deletePlugin,
  editPlugin,
  findSource,
  type PluginEdit,
  type Publisher,
  restoreVersion,
  type ShelfLimits,
  storeUpload,
  type Upload,
} from "../storage/plugins/index.js";

export type KnownSource = Awaited<ReturnType<typeof findSource>>;

/** Plugins as runs need them, mostly without asking the database; and what changes them. */
export class PluginShelf {
  readonly #current: FreshCache<KnownSource>;

  constructor(
    private readonly storage: Storage,
    private readonly limits: ShelfLimits,
  ) {
    this.#current = new FreshCache(storage.changes, {
      // Sources have at most a megabyte each.
      maxEntries: 100,
      keyOf: (change) => ("plugin" in change ? change.plugin : undefined),
    });
  }

  /** The current version, unless another one is asked for. */
  source(name: string, version?: number): Promise<KnownSource> {
    const { database } = this.storage;
    if (version !== undefined) return findSource(database, name, version);
    return this.#current.get(name, () => findSource(database, name));
  }

  async upload(upload: Omit<Upload, "sha256">, publisher: Publisher): Promise<{ readonly version: number }> {
    const sha256 = createHash("sha256").update(upload.code).digest("hex");
    return this.#changing(
      upload.name,
      storeUpload(this.storage.database, { ...upload, sha256 }, publisher, this.limits),
    );
  }

  edit(name: string, edit: PluginEdit, publisher: Publisher): Promise<void> {
    return this.#changing(name, editPlugin(this.storage.database, name, edit, publisher));
  }

  restore(name: string, version: number, publisher: Publisher): Promise<void> {
    return this.#changing(name, restoreVersion(this.storage.database, name, version, publisher));
  }

  delete(name: string, publisher: Publisher): Promise<void> {
    return this.#changing(name, deletePlugin(this.storage.database, name, publisher));
  }

  /** Whoever has made a change finds it made. */
  async #changing<T>(name: string, change: Promise<T>): Promise<T> {
    try {
      return await change;
    } finally {
      // Also after a failure: the connection may have broken after the change was committed.
      this.storage.changes.announce({ plugin: name });
    }
  }
}
