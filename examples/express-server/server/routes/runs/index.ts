import type { Route } from "../../http/route.js";
import type { Services } from "../../services.js";
import { historyRoutes } from "./history.js";
import { runPluginRoute } from "./run-plugin.js";
import { streamRunRoute } from "./stream-run.js";

export function runRoutes(services: Services): readonly Route[] {
  return [runPluginRoute(services), streamRunRoute(services), ...historyRoutes(services)];
}
