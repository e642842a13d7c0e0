import type { Route } from "../../http/route.js";
import type { Services } from "../../services.js";
import { checkRoutes } from "./check.js";
import { findRoutes } from "./find.js";
import { publishRoutes } from "./publish.js";
import { reviewRoutes } from "./reviews.js";
import { versionRoutes } from "./versions.js";

export function pluginRoutes(services: Services): readonly Route[] {
  return [
    ...findRoutes(services),
    ...publishRoutes(services),
    ...checkRoutes(services),
    ...versionRoutes(services),
    ...reviewRoutes(services),
  ];
}
