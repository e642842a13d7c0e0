import { expectTypeOf, it } from "vitest";
import type { z } from "zod";
import type * as plugins from "../server/routes/shapes/plugin-shapes.js";
import type * as events from "../server/routes/shapes/run-events.js";
import type * as runs from "../server/routes/shapes/run-shapes.js";
import type { RunEvent } from "../web/src/api/run-event.js";
import type * as known from "../web/src/api/shapes.js";

/** Checked by the compiler: what the server answers is what the pages take it for. */
it("answers what the pages know", () => {
  expectTypeOf<z.output<typeof plugins.plugin>>().toExtend<known.Plugin>();
  expectTypeOf<z.output<typeof plugins.pluginCode>>().toExtend<known.PluginCode>();
  expectTypeOf<z.output<typeof plugins.pluginVersion>>().toExtend<known.PluginVersion>();
  expectTypeOf<z.output<typeof plugins.review>>().toExtend<known.Review>();
  expectTypeOf<z.output<typeof plugins.activity>>().toExtend<known.Activity>();
  expectTypeOf<z.output<typeof plugins.pluginStatistics>>().toExtend<known.PluginStatistics>();
  expectTypeOf<z.output<typeof runs.runUsage>>().toExtend<known.RunUsage>();
  expectTypeOf<z.output<typeof runs.run>>().toExtend<known.Run>();
  expectTypeOf<z.output<typeof runs.auditedRun>>().toExtend<known.AuditedRun>();
  expectTypeOf<z.output<typeof events.runEvent>>().toExtend<RunEvent>();
});
