import type { Forge } from "@wasmforge/core";
import type { Authenticator, TokenDesk } from "./auth/index.js";
import type { Configuration } from "./configuration/index.js";
import type { HeldBytes } from "./http/held-bytes.js";
import type { ModelSource } from "./models/index.js";
import type { Logger, Metrics } from "./observability/index.js";
import type { PluginShelf } from "./plugins/index.js";
import type { RunHistory, Runner } from "./runs/index.js";
import type { Storage } from "./storage/index.js";

/** The parts of a server, for its routes. */
export interface Services {
  readonly configuration: Configuration;
  readonly storage: Storage;
  readonly plugins: PluginShelf;
  readonly forge: Forge;
  readonly runner: Runner;
  readonly history: RunHistory;
  readonly models: ModelSource;
  readonly authenticator: Authenticator;
  readonly tokens: TokenDesk;
  /** What requests hold of their bodies. */
  readonly held: HeldBytes;
  readonly metrics: Metrics;
  readonly log: Logger;
  /** Whether new requests should go elsewhere. */
  readonly isStopping: () => boolean;
}
