export { createLogDestination, type Logger, toLogger } from "./logger.js";
export { Metrics, type RequestFigures, type RunFigures } from "./metrics.js";
export { createTelemetry } from "./telemetry.js";
export { createTerminalDestination, toOneLine } from "./terminal-lines.js";
