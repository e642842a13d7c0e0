import type { Logger } from "../observability/index.js";

/** Resolves when the process is asked to stop. Asked again, it stops at once: nothing that counts is lost by that. */
export function onSignals(log: Logger): Promise<void> {
  return new Promise((resolve) => {
    let asked = false;
    const ask = (signal: NodeJS.Signals) => {
      if (asked) process.exit(1);
      asked = true;
      log.info({ signal }, "stopping");
      resolve();
    };
    process.on("SIGTERM", ask);
    process.on("SIGINT", ask);
  });
}
