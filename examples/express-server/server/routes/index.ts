import type { Route } from "../http/route.js";
import type { Services } from "../services.js";
import { accessRoutes } from "./access.js";
import { healthRoutes } from "./health.js";
import { infoRoute } from "./info.js";
import { modelRoutes } from "./models.js";
import { pluginRoutes } from "./plugins/index.js";
import { runRoutes } from "./runs/index.js";

/** The whole API. */
export function createRoutes(services: Services, version: string): readonly Route[] {
  return [
    // First, because they are asked for the most, and routes are tried one after the other.
    ...runRoutes(services),
    ...pluginRoutes(services),
    ...modelRoutes(services),
    ...accessRoutes(services),
    ...healthRoutes(services, version),
    infoRoute(services, version),
  ];
}
