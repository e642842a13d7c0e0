export type {
  AccessConfiguration,
  Configuration,
  DatabaseAddress,
  DatabaseConfiguration,
  RunConfiguration,
} from "./configuration.js";
export { ConfigurationError } from "./configuration-error.js";
export { describeConfiguration, withoutCredentials } from "./describe-configuration.js";
export { loadConfiguration } from "./load-configuration.js";
export { parseConfiguration } from "./parse-configuration.js";
