import { z } from "zod";
import { exchangeOf } from "../../http/exchange.js";
import { defineRoute, type Route } from "../../http/route.js";
import { errorTypes, RunOutput, toRunAnswer } from "../../runs/index.js";
import type { Services } from "../../services.js";
import { runForm, toRunRequest } from "./run-form.js";

export function runPluginRoute(services: Services): Route {
  return defineRoute({
    tag: "Runs",
    permission: "run",
    method: "post",
    path: "/api/plugins/run",
    operation: "runPlugin",
    summary: "Run a plugin, and wait for its end",
    description:
      "However the plugin ends, the answer is 200: `success` tells. The header `X-Run-Id` names the run in the history.",
    rate: "runs",
    problems: ["not_found"],
    body: { kind: "form", schema: runForm, maxFieldBytes: services.configuration.runs.maxInputBytes },
    answer: {
      kind: "json",
      description: "How it ended. `output` has all that it printed and sent, in order.",
      schema: z
        .object({
          success: z.boolean(),
          output: z.string(),
          error: z.string().nullable(),
          error_type: z.enum(errorTypes).nullable(),
        })
        .meta({ id: "RunResult" }),
    },
    handle: async (exchange) => {
      const request = await toRunRequest(services, exchange);
      const output = new RunOutput();
      const outcome = await services.runner.run({ ...request, on: (event) => output.on(event) });
      exchangeOf(exchange.response).runId = outcome.runId;
      exchange.response.set("X-Run-Id", outcome.runId);
      return toRunAnswer(outcome, output.text);
    },
  });
}
