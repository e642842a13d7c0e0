import type { inputTypes } from "../schema.js";

export type InputType = (typeof inputTypes)[number];

/** What every list shows of a plugin. */
export interface PluginSummary {
  readonly name: string;
  readonly description: string;
  readonly inputType: InputType;
  readonly inputHint: string;
  readonly calls: number;
}

export interface Plugin extends PluginSummary {
  readonly owner: string | null;
  readonly version: number;
  readonly tags: readonly string[];
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly runs: number;
  /** Absent while nobody has reviewed it. */
  readonly rating: number | null;
  readonly reviews: number;
}

export interface PluginVersion extends Omit<PluginSummary, "name"> {
  readonly version: number;
  readonly sha256: string;
  readonly uploadedBy: string | null;
  readonly uploadedAt: Date;
}

/** What a run needs of a plugin. */
export interface PluginSource {
  readonly pluginId: number;
  readonly name: string;
  readonly version: number;
  readonly code: string;
  readonly sha256: string;
}

export interface Upload extends PluginSummary {
  readonly code: string;
  readonly sha256: string;
  /** Absent: the plugin keeps what it has. */
  readonly tags?: readonly string[];
}

/** How much is kept. */
export interface ShelfLimits {
  readonly maxPlugins: number;
  /** Of each of them. */
  readonly maxVersions: number;
}

/** Who asks, as far as plugins are concerned. */
export interface Publisher {
  readonly name: string;
  readonly isAdmin: boolean;
}
