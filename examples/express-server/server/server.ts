import type { Socket } from "node:net";
import { join } from "node:path";
import { createForge, type Forge, ForgeError, jsonLinesFile } from "@wasmforge/core";
import { createApp } from "./app.js";
import { Authenticator, TokenDesk } from "./auth/index.js";
import { type Configuration, ConfigurationError } from "./configuration/index.js";
import { createDataFolder } from "./data-folder/index.js";
import { HeldBytes } from "./http/held-bytes.js";
import { Disposal } from "./lifecycle/disposal.js";
import { closeHttpServer, createHttpServer, listen } from "./lifecycle/listen.js";
import { createModels, type ModelSource } from "./models/index.js";
import { createTelemetry, type Logger, Metrics } from "./observability/index.js";
import { PluginShelf } from "./plugins/index.js";
import { RunHistory, RunJournal, Runner } from "./runs/index.js";
import type { Services } from "./services.js";
import { createStorage } from "./storage/index.js";

/** Answers on connections that are kept get this long to be sent, after the last run is over. */
const lastAnswersMs = 2_000;

export interface RunningServer extends AsyncDisposable {
  readonly url: string;
  readonly services: Services;
}

/** Makes all parts and puts them together. Disposing of it lets runs end in time, and loses nothing. */
export async function createServer(
  configuration: Configuration,
  { log, version }: { readonly log: Logger; readonly version: string },
): Promise<RunningServer> {
  const disposal = new Disposal();
  try {
    return await build(configuration, log, version, disposal);
  } catch (error) {
    await disposal[Symbol.asyncDispose]().catch((cause) =>
      log.error({ err: cause }, "not all could be undone"),
    );
    throw error;
  }
}

async function build(configuration: Configuration, log: Logger, version: string, disposal: Disposal) {
  const { telemetryUrl: collector } = configuration;
  if (collector !== undefined) disposal.use(await createTelemetry({ url: collector, version }));
  const folder = disposal.use(await createDataFolder(configuration.dataFolder));
  const onLost = (error: Error) => log.warn({ err: error }, "a connection to the database was lost");
  const [storage, { models, forge }] = await disposal.useBoth(
    createStorage({ database: configuration.database, dataFolder: folder.path, onLost }),
    createEngine(configuration, log),
  );
  if (storage.migrated.length > 0)
    log.info({ migrations: storage.migrated }, "the database was brought up to date");
  const journal = new RunJournal(join(folder.path, "journal"), (error) =>
    log.error({ err: error }, "the journal of runs could not be written"),
  );
  const history = new RunHistory({ storage, journal, days: configuration.historyDays, log });
  disposal.defer(() => history.close());
  const adopted = await history.adopt();
  if (adopted > 0) log.info({ runs: adopted }, "runs of the server before this one were taken over");
  void history.clean();

  const metrics = new Metrics();
  const runner = new Runner({ forge, history, metrics });
  let isStopping = false;
  const services: Services = {
    configuration,
    storage,
    plugins: new PluginShelf(storage, configuration.plugins),
    forge,
    runner,
    history,
    models,
    authenticator: new Authenticator({
      access: configuration.access,
      storage,
      now: Date.now,
      onError: (error) => log.warn({ err: error }, "the last use of a token could not be written down"),
    }),
    tokens: new TokenDesk(storage),
    held: new HeldBytes(configuration.listen.maxHeldBytes),
    metrics,
    log,
    isStopping: () => isStopping,
  };
  watch(metrics, services);

  const operators = new WeakSet<Socket>();
  const server = createHttpServer(createApp(services, { version, operators }));
  folder.onOperator((socket) => {
    operators.add(socket);
    server.emit("connection", socket);
  });
  const { host, port, shutdownTimeMs } = configuration.listen;
  disposal.defer(async () => {
    isStopping = true;
    server.closeIdleConnections();
    await runner.stop(shutdownTimeMs);
    await closeHttpServer(server, lastAnswersMs);
  });
  const url = await listen(server, { host, port });
  return { url, services, [Symbol.asyncDispose]: () => disposal[Symbol.asyncDispose]() };
}

/** What runs plugins, and what answers them. Its first seat takes as long to start as a database. */
async function createEngine(configuration: Configuration, log: Logger) {
  const disposal = new Disposal();
  try {
    const models = disposal.use(await createModels(configuration.models, log));
    const forge = disposal.use(await orSayWhy(createServerForge(configuration, models, log)));
    return { models, forge, [Symbol.asyncDispose]: () => disposal[Symbol.asyncDispose]() };
  } catch (error) {
    await disposal[Symbol.asyncDispose]();
    throw error;
  }
}

/** Whoever starts a server is to read which setting leads to nothing. */
async function orSayWhy(attempt: Promise<Forge>): Promise<Forge> {
  try {
    return await attempt;
  } catch (error) {
    if (!ForgeError.is(error) || error.code !== "audit_failed") throw error;
    const reason = error.cause instanceof Error ? error.cause.message : error.message;
    throw new ConfigurationError([`AUDIT_FILE cannot be used: ${reason}`]);
  }
}

function createServerForge(
  { runs, models: { allowed }, auditFile }: Configuration,
  models: ModelSource,
  log: Logger,
): Promise<Forge> {
  return createForge({
    seat: runs.seat,
    ...(runs.seats !== undefined && { seats: runs.seats }),
    providers: [models.provider],
    policy: { models: [...allowed], maxPromptChars: runs.maxPromptChars, maxCalls: runs.maxCalls },
    limits: {
      wallTimeMs: runs.wallTimeMs,
      computeMs: runs.computeMs,
      memoryMb: runs.memoryMb,
      outputBytes: runs.maxOutputBytes,
      printBytes: runs.maxOutputBytes,
      // A file counts twice: as the text that it comes as, and as what it is.
      inputBytes: 2 * runs.maxInputBytes,
      queueLength: runs.maxQueued,
      queueMs: runs.maxQueueMs,
    },
    ...(auditFile !== undefined && {
      audit: {
        sink: jsonLinesFile(auditFile),
        onError: (error) => log.error({ err: error }, "the audit file does not take what is written to it"),
      },
    }),
    onCallFault: ({ runId, call, cause }) =>
      log.warn({ err: cause, run_id: runId, op: call.op }, "a call failed"),
    warn: (line) => log.warn(line),
  });
}

function watch(metrics: Metrics, { runner, history, forge, held }: Services): void {
  metrics.watch("wasmforge_runs_active", "Runs under way, those that wait included.", () => runner.active);
  metrics.watch("wasmforge_runs_queued", "Runs that wait for their turn.", () => forge.stats().queued);
  metrics.watch("wasmforge_held_bytes", "What requests hold until they are answered.", () => held.bytes);
  metrics.watch("wasmforge_history_waiting", "Runs on their way into the database.", () => history.waiting);
}
