import { z } from "zod";
import { withoutCredentials } from "../configuration/index.js";
import { defineRoute, type Route } from "../http/route.js";
import { Problem } from "../problem.js";
import type { Services } from "../services.js";

const okAnswer = z.object({ status: z.literal("ok"), version: z.string() }).meta({ id: "Health" });
const readyAnswer = z.object({ status: z.literal("ready"), database: z.literal("ok") }).meta({ id: "Ready" });

export function healthRoutes(services: Services, version: string): readonly Route[] {
  const about = { tag: "Health", permission: "nothing", method: "get" } as const;
  const alive = async () => ({ status: "ok" as const, version });
  return [
    defineRoute({
      ...about,
      path: "/health",
      operation: "health",
      summary: "Whether the server is there",
      answer: { kind: "json", description: "It is.", schema: okAnswer },
      handle: alive,
    }),
    defineRoute({
      ...about,
      path: "/health/live",
      operation: "healthLive",
      summary: "Whether the server is alive: if not, start it again",
      answer: { kind: "json", description: "It is.", schema: okAnswer },
      handle: alive,
    }),
    defineRoute({
      ...about,
      path: "/health/ready",
      operation: "healthReady",
      summary: "Whether requests should be sent here",
      problems: ["unavailable"],
      answer: { kind: "json", description: "They should.", schema: readyAnswer },
      handle: async () => {
        if (services.isStopping()) throw new Problem("unavailable", "The server is being stopped.");
        await services.storage.ping();
        return { status: "ready" as const, database: "ok" as const };
      },
    }),
    defineRoute({
      ...about,
      permission: "read",
      path: "/health/ollama",
      operation: "healthOllama",
      summary: "Whether the model server answers, and what it has",
      answer: {
        kind: "json",
        description: "What it says.",
        schema: z
          .object({
            status: z.enum(["connected", "disconnected", "error"]),
            url: z.string(),
            models: z.array(z.string()),
            message: z.string(),
          })
          .meta({ id: "OllamaHealth" }),
      },
      handle: async () => {
        const { models, configuration } = services;
        const { status, message } = await models.health();
        const there = status === "connected" ? await models.serverModels() : [];
        const url = withoutCredentials(configuration.models.ollamaUrl);
        return { status, url, models: there.map(({ name }) => name), message };
      },
    }),
    defineRoute({
      ...about,
      permission: "metrics",
      path: "/metrics",
      operation: "metrics",
      summary: "Figures for Prometheus",
      answer: { kind: "text", description: "The figures.", mediaType: services.metrics.contentType },
      handle: () => services.metrics.toText(),
    }),
  ];
}
