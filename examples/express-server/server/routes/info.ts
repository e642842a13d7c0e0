import { z } from "zod";
import { defineRoute, type Route } from "../http/route.js";
import type { Services } from "../services.js";

/** What a page needs to know before it can help: what is allowed here, and how much. */
export function infoRoute({ configuration, forge, models }: Services, version: string): Route {
  const { runs } = configuration;
  return defineRoute({
    tag: "Health",
    permission: "read",
    method: "get",
    path: "/api/info",
    operation: "describeServer",
    summary: "What this server is, and what it allows",
    answer: {
      kind: "json",
      description: "The server.",
      schema: z
        .object({
          version: z.string(),
          runtime: z.string().meta({ description: "The interpreter that plugins run in." }),
          demo: z.boolean(),
          limits: z.object({
            execution_seconds: z.number(),
            compute_seconds: z.number(),
            memory_mb: z.int(),
            prompt_chars: z.int(),
            calls: z.int(),
            input_bytes: z.int(),
            output_bytes: z.int(),
          }),
        })
        .meta({ id: "Server" }),
    },
    handle: async () => ({
      version,
      runtime: forge.runtime.name,
      demo: models.isDemo,
      limits: {
        execution_seconds: runs.wallTimeMs / 1_000,
        compute_seconds: runs.computeMs / 1_000,
        memory_mb: runs.memoryMb,
        prompt_chars: runs.maxPromptChars,
        calls: runs.maxCalls,
        input_bytes: runs.maxInputBytes,
        output_bytes: runs.maxOutputBytes,
      },
    }),
  });
}
