/** What the rest of the server knows of its configuration: parsed once, frozen, grouped by who needs it. */
import type { Variables } from "./variables.js";

export interface Configuration {
  readonly listen: {
    readonly host: string;
    readonly port: number;
    readonly shutdownTimeMs: number;
    readonly trustedProxies: number;
    /** Of all requests together. */
    readonly maxHeldBytes: number;
  };
  readonly dataFolder: string;
  readonly database: DatabaseConfiguration;
  readonly access: AccessConfiguration;
  readonly models: {
    readonly ollamaUrl: string;
    readonly allowed: readonly string[];
    readonly demo: "auto" | "on" | "off";
  };
  readonly runs: RunConfiguration;
  readonly rates: {
    readonly requestsPerMinute: number;
    readonly runsPerMinute: number;
    readonly uploadsPerMinute: number;
  };
  readonly plugins: {
    readonly maxPlugins: number;
    readonly maxVersions: number;
  };
  readonly historyDays: number;
  readonly auditFile?: string;
  readonly logFormat?: NonNullable<Variables["LOG_FORMAT"]>;
  readonly logLevel?: NonNullable<Variables["LOG_LEVEL"]>;
  readonly telemetryUrl?: string;
  readonly apiDocs: boolean;
}

export type DatabaseConfiguration =
  | { readonly kind: "embedded" }
  | {
      readonly kind: "postgres";
      readonly connection: string | DatabaseAddress;
      /** The certificate's text. */
      readonly certificate?: string;
      readonly poolSize: number;
    };

export interface DatabaseAddress {
  readonly host: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password?: string;
}

export interface AccessConfiguration {
  /** `open`: whoever reaches the server is its one local user. Only on loopback, and only without an admin token. */
  readonly mode: "open" | "tokens";
  readonly adminToken?: string;
  readonly metricsToken?: string;
  readonly anonymous: "none" | "read" | "run";
  readonly origins: readonly string[];
  readonly hosts: readonly string[];
}

export interface RunConfiguration {
  readonly wallTimeMs: number;
  readonly computeMs: number;
  readonly memoryMb: number;
  readonly maxOutputBytes: number;
  readonly maxInputBytes: number;
  readonly maxQueued: number;
  readonly maxQueueMs: number;
  readonly maxPromptChars: number;
  readonly maxCalls: number;
  /** Absent: one for each core. */
  readonly seats?: number;
  readonly seat: "thread" | "process";
}
