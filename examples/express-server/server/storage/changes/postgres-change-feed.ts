import type { Client } from "pg";
import { type Change, channel, parseChange } from "./change.js";
import type { ChangeFeed, ChangeListener } from "./change-feed.js";

const heartbeatMs = 5_000;
const longestPauseMs = 5_000;

/**
 * Listens on a connection of its own. It is connecting, live, pausing before it connects again, or closed.
 *
 * A connection that ends, or does not answer a heartbeat, is given up. Each connection begins with a reset, because
 * nobody tells what was said while nobody listened.
 */
export class PostgresChangeFeed implements ChangeFeed {
  readonly #listeners: ChangeListener[] = [];
  #client: Client | undefined;
  #timer: NodeJS.Timeout | undefined;
  #live = false;
  #closed = false;
  #failures = 0;

  constructor(private readonly createListener: () => Client) {}

  get live(): boolean {
    return this.#live;
  }

  listen(listener: ChangeListener): void {
    this.#listeners.push(listener);
  }

  announce(change: Change): void {
    for (const listener of this.#listeners) listener.onChange(change);
  }

  /** Resolves when it listens, or when the first attempt has failed: it goes on trying by itself. */
  async connect(): Promise<void> {
    const client = this.createListener();
    this.#client = client;
    client.on("error", () => this.#giveUp(client));
    client.on("end", () => this.#giveUp(client));
    client.on("notification", ({ payload }) => {
      const change = parseChange(payload);
      if (change !== undefined) this.announce(change);
    });
    try {
      await client.connect();
      await client.query(`listen ${channel}`);
    } catch {
      this.#giveUp(client);
      return;
    }
    if (this.#client !== client) return;
    this.#failures = 0;
    this.#live = true;
    this.#reset();
    this.#timer = setInterval(() => this.#beat(client), heartbeatMs).unref();
  }

  async close(): Promise<void> {
    this.#closed = true;
    const client = this.#client;
    if (client === undefined) return;
    this.#client = undefined;
    clearTimeout(this.#timer);
    this.#live = false;
    await client.end().catch(() => {});
  }

  #beat(client: Client): void {
    client.query("select 1").catch(() => this.#giveUp(client));
  }

  #giveUp(client: Client): void {
    if (this.#client !== client || this.#closed) return;
    this.#client = undefined;
    clearTimeout(this.#timer);
    const wasLive = this.#live;
    this.#live = false;
    if (wasLive) this.#reset();
    client.end().catch(() => {});
    const pauseMs = Math.min(100 * 2 ** this.#failures, longestPauseMs);
    this.#failures += 1;
    this.#timer = setTimeout(() => void this.connect(), pauseMs).unref();
  }

  #reset(): void {
    for (const listener of this.#listeners) listener.onReset();
  }
}
