import { z } from "zod";
import { toTenant } from "../../auth/index.js";
import { defineRoute, type Route } from "../../http/route.js";
import { maxPluginBytes } from "../../plugins/index.js";
import type { Services } from "../../services.js";

const problem = z.object({
  code: z.string(),
  severity: z.enum(["error", "warning"]),
  message: z.string(),
  line: z.int(),
  column: z.int(),
  end_line: z.int(),
  end_column: z.int(),
});

export function checkRoutes({ forge }: Services): readonly Route[] {
  return [
    defineRoute({
      tag: "Plugins",
      permission: "read",
      method: "post",
      path: "/api/plugins/check",
      operation: "checkPlugin",
      summary: "What can be said of a source without running it",
      body: {
        kind: "json",
        schema: z.object({ code: z.string().max(maxPluginBytes, "must have at most 1 MB") }),
        // Signs may be written as six bytes each.
        maxBytes: 2 * maxPluginBytes,
      },
      answer: {
        kind: "json",
        description: "Problems, with where they are: lines and columns begin at 1.",
        schema: z
          .object({
            ok: z.boolean(),
            problems: z.array(problem),
            imports: z.array(z.string()),
            calls: z.int().meta({ description: "How many calls of models are written in it, at least 1." }),
          })
          .meta({ id: "CheckReport" }),
      },
      handle: async (exchange) => {
        const { body, identity, controller } = exchange;
        const tenant = toTenant(identity, exchange);
        const { ok, problems, imports, estimatedCalls } = await forge.check(body.code, {
          signal: controller.signal,
          tenant,
        });
        return {
          ok,
          problems: problems.map(({ endLine, endColumn, ...rest }) => ({
            ...rest,
            end_line: endLine,
            end_column: endColumn,
          })),
          imports: [...imports],
          calls: estimatedCalls,
        };
      },
    }),
  ];
}
