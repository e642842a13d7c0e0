import { z } from "zod";
import { type Identity, mayDo, toTenant } from "../../auth/index.js";
import { defineRoute, type Route, type UploadedFile } from "../../http/route.js";
import { maxPluginBytes, parsePluginFile } from "../../plugins/index.js";
import { Problem } from "../../problem.js";
import type { Services } from "../../services.js";
import { findPlugin, type Publisher } from "../../storage/plugins/index.js";
import { plugin, toPlugin } from "../shapes/plugin-shapes.js";
import { description, inputHint, inputType, nameParam, tags } from "../shapes/text-shapes.js";

const uploadForm = z.object({
  file: z
    .custom<UploadedFile>((value) => typeof value === "object" && value !== null, "must be a file")
    .meta({
      type: "string",
      format: "binary",
      description: "Python, at most 1 MB. Its name without `.py` is the plugin's.",
    }),
  description: description.default(""),
  input_type: inputType.default("text"),
  input_hint: inputHint.default(""),
  tags: z
    .string()
    .transform((list) =>
      list
        .split(",")
        .map((tag) => tag.trim())
        .filter((tag) => tag !== ""),
    )
    .pipe(tags)
    .optional()
    .meta({ description: "With commas between them. Without this field a plugin keeps what it has." }),
});

const uploaded = z
  .object({
    status: z.literal("uploaded"),
    name: z.string(),
    code: z.string(),
    description: z.string(),
    input_type: inputType,
    input_hint: z.string(),
    calls: z.int(),
  })
  .meta({ id: "Uploaded" });

const edit = z.object({
  description: description.optional(),
  input_hint: inputHint.optional(),
  tags: tags.optional(),
});

export function publishRoutes({ storage, plugins, forge }: Services): readonly Route[] {
  const about = { tag: "Plugins", permission: "publish" } as const;
  return [
    defineRoute({
      ...about,
      method: "post",
      path: "/api/plugins/upload",
      operation: "uploadPlugin",
      summary: "Publish a plugin, or a new version of one's own",
      rate: "uploads",
      body: {
        kind: "form",
        schema: uploadForm,
        maxFieldBytes: 20_000,
        file: { field: "file", maxBytes: maxPluginBytes },
      },
      answer: { kind: "json", description: "It is published.", schema: uploaded },
      handle: async (exchange) => {
        const { body, identity, controller } = exchange;
        const { name, code } = parsePluginFile(body.file.name, body.file.bytes);
        const { estimatedCalls: calls } = await forge.check(code, {
          signal: controller.signal,
          tenant: toTenant(identity, exchange),
        });
        const { description, input_type, input_hint, tags } = body;
        const upload = { name, code, calls, description, inputType: input_type, inputHint: input_hint };
        await plugins.upload({ ...upload, ...(tags && { tags }) }, toPublisher(identity));
        return { status: "uploaded" as const, name, code, description, input_type, input_hint, calls };
      },
    }),
    defineRoute({
      ...about,
      method: "patch",
      path: "/api/plugins/{name}",
      operation: "editPlugin",
      summary: "Change what is said about a plugin",
      params: nameParam,
      body: { kind: "json", schema: edit, maxBytes: 50_000 },
      answer: { kind: "json", description: "The plugin as it is now.", schema: plugin },
      handle: async ({ params: { name }, body, identity }) => {
        const { input_hint, ...said } = body;
        await plugins.edit(name, { ...said, inputHint: input_hint }, toPublisher(identity));
        return toPlugin(await findPlugin(storage.database, name), true);
      },
    }),
    defineRoute({
      ...about,
      method: "delete",
      path: "/api/plugins/{name}",
      operation: "deletePlugin",
      summary: "Delete a plugin, with its versions and reviews",
      params: nameParam,
      answer: {
        kind: "json",
        description: "It is gone.",
        schema: z.object({ status: z.literal("deleted"), name: z.string() }).meta({ id: "Deleted" }),
      },
      handle: async ({ params: { name }, identity }) => {
        await plugins.delete(name, toPublisher(identity));
        return { status: "deleted" as const, name };
      },
    }),
  ];
}

export function toPublisher(identity: Identity): Publisher {
  if (identity.user === null)
    throw new Problem("forbidden", "Plugins belong to somebody: use a token of your own.");
  return { name: identity.user, isAdmin: mayDo(identity, "admin") };
}
