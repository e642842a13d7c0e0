import { z } from "zod";
import { toTenant } from "../../auth/index.js";
import type { Exchange } from "../../http/route.js";
import { maxPluginBytes } from "../../plugins/index.js";
import { Problem } from "../../problem.js";
import type { RunRequest, RunSource } from "../../runs/index.js";
import type { Services } from "../../services.js";
import { plainText } from "../shapes/text-shapes.js";

const version = z
  .string()
  .regex(/^[1-9]\d{0,8}$/, "must be the number of a version")
  .transform(Number)
  .optional()
  .meta({ description: "Instead of the current one." });

const input = z
  .string()
  .default("")
  .meta({ description: "What the plugin gets; a file as text or as a data URL." });

export const runForm = z.object({ plugin_name: plainText(200), input_data: input, version });

export const streamForm = z.object({
  plugin_name: plainText(200).optional(),
  input_data: input,
  version,
  code: z
    .string()
    .max(maxPluginBytes, "must have at most 1 MB")
    .optional()
    .meta({ description: "A draft to try, instead of a published plugin." }),
  file_name: plainText(200).optional().meta({ description: "Of the file that the input is." }),
});

type Form = z.output<typeof streamForm>;

/** The request to the runner, but for who listens. */
export async function toRunRequest(
  { plugins, configuration }: Services,
  exchange: Pick<Exchange<unknown, unknown, Form>, "body" | "identity" | "address" | "controller">,
): Promise<Omit<RunRequest, "on">> {
  const { body, identity, controller } = exchange;
  const { maxInputBytes } = configuration.runs;
  if (Buffer.byteLength(body.input_data) > maxInputBytes) {
    throw new Problem("too_large", `The input has more than ${maxInputBytes} bytes.`);
  }
  return {
    source: await toSource(plugins, body),
    input: body.input_data,
    fileName: body.file_name,
    user: identity.user,
    tenant: toTenant(identity, exchange),
    controller,
  };
}

async function toSource(
  plugins: Services["plugins"],
  { plugin_name, version, code }: Form,
): Promise<RunSource> {
  if (code !== undefined) return { name: "draft", code };
  if (plugin_name === undefined) throw new Problem("invalid", "plugin_name is missing.");
  const found = await plugins.source(plugin_name, version);
  return { name: found.name, code: found.code, plugin: { id: found.pluginId, version: found.version } };
}
