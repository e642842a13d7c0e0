import { colorsFor } from "./colors.js";
import { openProvider, type ProviderOptions } from "./provider-choice.js";
import { type ExitCode, exitCodes, type Terminal } from "./terminal.js";
import { toOneLine } from "./terminal-text.js";

/** What the provider says of its models and of itself; both come from a server, so nothing of it is trusted. */
export async function modelsCommand(
  options: ProviderOptions & { readonly json: boolean },
  terminal: Terminal,
): Promise<ExitCode> {
  const provider = await openProvider(options, terminal);
  try {
    const { signal } = terminal;
    const health = await provider.health({ signal });
    const listed = health.status === "connected" ? await provider.models({ signal }) : [];
    const models = options.model ? listed.filter(({ name }) => options.model?.includes(name)) : listed;
    if (options.json) {
      terminal.stdout.write(`${JSON.stringify({ provider: provider.name, health, models })}\n`);
    } else {
      const colors = colorsFor(terminal.stdout, terminal.environment);
      const paint = health.status === "connected" ? colors.green : colors.red;
      const where = health.url === undefined ? "" : ` at ${toOneLine(health.url)}`;
      terminal.stdout.write(
        `${provider.name}${where}: ${paint(health.status)}, ${toOneLine(health.message)}\n`,
      );
      const width = Math.max(0, ...models.map(({ name }) => name.length));
      for (const { name, kind, description, available } of models) {
        const line =
          `${toOneLine(name).padEnd(width)}  ${kind.padEnd(9)}  ${toOneLine(description)}`.trimEnd();
        terminal.stdout.write(`${available ? line : colors.dim(`${line} (not available)`)}\n`);
      }
    }
    return health.status === "connected" ? exitCodes.completed : exitCodes.failed;
  } finally {
    await provider[Symbol.asyncDispose]?.();
  }
}
