import { setImmediate as turn } from "node:timers/promises";
import { EventStream } from "../../http/event-stream.js";
import { exchangeOf } from "../../http/exchange.js";
import { defineRoute, type Route } from "../../http/route.js";
import { toProblem } from "../../http/to-problem.js";
import type { Services } from "../../services.js";
import { type RunEventAnswer, runEvent, toEventAnswer } from "../shapes/run-events.js";
import { streamForm, toRunRequest } from "./run-form.js";

export function streamRunRoute(services: Services): Route {
  return defineRoute({
    tag: "Runs",
    permission: "run",
    method: "post",
    path: "/api/plugins/run/stream",
    operation: "streamRun",
    summary: "Run a plugin or a draft, and see what it does as it does it",
    description:
      "Server-sent events; the data of each is a `RunEvent`. The last is `outcome` or, where something failed on the " +
      "server, `problem`. Closing the connection cancels the run.",
    rate: "runs",
    problems: ["not_found"],
    body: { kind: "form", schema: streamForm, maxFieldBytes: services.configuration.runs.maxInputBytes },
    answer: { kind: "events", description: "The events.", event: runEvent },
    handle: async (exchange) => {
      const request = await toRunRequest(services, exchange);
      const inputBytes = Buffer.byteLength(request.input);
      const stream = new EventStream(exchange.response);
      const send = (event: RunEventAnswer) => stream.send(event);
      let isBegun = false;
      const running = services.runner.run({
        ...request,
        on: async (event) => {
          isBegun = true;
          if (event.type === "started") exchangeOf(exchange.response).runId = event.runId;
          await send(toEventAnswer(event, { inputBytes }));
        },
      });
      try {
        // A run that is refused at once is answered as what it is, not as a stream.
        await Promise.race([running, turn()]);
        if (!isBegun) await send({ type: "queued" });
        await running;
      } catch (error) {
        if (!exchange.response.headersSent) throw error;
        const problem = toProblem(error);
        if (problem === undefined) exchange.log.error({ err: error }, "run failed");
        await send({ type: "problem", detail: problem?.message ?? "Something went wrong on the server." });
      }
      stream.end();
    },
  });
}
