import { z } from "zod";
import { withoutCredentials } from "../configuration/index.js";
import { defineRoute, type Route } from "../http/route.js";
import type { ListedModel } from "../models/index.js";
import type { Services } from "../services.js";

const type = z.enum(["text", "code", "vision", "embedding"]);
const listed = z
  .object({ name: z.string(), type, description: z.string(), available: z.boolean() })
  .meta({ id: "ListedModel" });
const model = z
  .object({
    name: z.string(),
    type,
    description: z.string(),
    available: z.boolean(),
    digest: z.string().nullable(),
    context_length: z.int().nullable(),
    capabilities: z.array(z.string()),
  })
  .meta({ id: "Model" });

export function modelRoutes({ models, configuration }: Services): readonly Route[] {
  const about = { tag: "Models", permission: "read", method: "get" } as const;
  return [
    defineRoute({
      ...about,
      path: "/api/models/list",
      operation: "listModels",
      summary: "Every model that plugins may call, there or not",
      answer: { kind: "json", description: "The models.", schema: z.array(listed) },
      handle: async () =>
        (await models.list()).map(({ name, kind, description, available }) => ({
          name,
          type: kind,
          description,
          available,
        })),
    }),
    defineRoute({
      ...about,
      path: "/api/models",
      operation: "describeModels",
      summary: "The models with what is known of them, and how their server does",
      answer: {
        kind: "json",
        description: "The models and their server.",
        schema: z
          .object({
            demo: z.boolean().meta({ description: "No model answers, but a demonstration that needs none." }),
            server: z.object({
              url: z.string(),
              status: z.enum(["connected", "disconnected", "error"]),
              message: z.string(),
            }),
            models: z.array(model),
          })
          .meta({ id: "Models" }),
      },
      handle: async () => {
        const [{ status, message }, list] = await Promise.all([models.health(), models.list()]);
        return {
          demo: models.isDemo,
          server: { url: withoutCredentials(configuration.models.ollamaUrl), status, message },
          models: list.map(toModel),
        };
      },
    }),
  ];
}

function toModel({ name, kind, description, available, info }: ListedModel): z.output<typeof model> {
  return {
    name,
    type: kind,
    description,
    available,
    digest: info?.digest ?? null,
    context_length: info?.contextLength ?? null,
    capabilities: [...(info?.capabilities ?? [])],
  };
}
