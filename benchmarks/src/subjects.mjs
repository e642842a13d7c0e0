/** @import { OpenOptions, Subject } from "./types.js" */

/**
 * Every subject by the name that reports give it. Each is loaded only in the process that measures it.
 * @satisfies {Record<string, (options: OpenOptions) => Promise<Subject>>}
 */
export const subjects = {
  forged: async () => (await import("./subjects/forged.mjs")).open(),
  "forged tuned": async () => (await import("./subjects/forged.mjs")).openTuned(),
  "forged warmed": async () => (await import("./subjects/forged.mjs")).openWarmed(),
  "forged restore only": async () => (await import("./subjects/forged.mjs")).openRestore(),
  "forge thread": async () => (await import("./subjects/forge.mjs")).open("thread"),
  "forge process": async () => (await import("./subjects/forge.mjs")).open("process"),
  "forge sessions": async () => (await import("./subjects/forge-sessions.mjs")).open(),
  "forge soak": async () => (await import("./subjects/forge-soak.mjs")).open(),
  "forge models": async () => (await import("./subjects/models.mjs")).openForge(),
  "hosted server": async () => (await import("./subjects/http-servers.mjs")).openServer(),
  "bare express": async () => (await import("./subjects/http-servers.mjs")).openBareExpress(),
  "raw fetch": async () => (await import("./subjects/models.mjs")).openRaw(),
  "pyodide fresh": async () => (await import("./subjects/pyodide.mjs")).openFresh(),
  "pyodide snapshot": async (/** @type {OpenOptions} */ options) =>
    (await import("./subjects/pyodide.mjs")).openSnapshot(options),
  monty: async () => (await import("./subjects/monty.mjs")).open(),
  "quickjs context": async () => (await import("./subjects/quickjs.mjs")).open(),
  "node:wasi stock": async () => (await import("./subjects/node-wasi.mjs")).open(),
  "worker echo": async () => (await import("./subjects/worker-echo.mjs")).open(),
  "python3 subprocess": async () => (await import("./subjects/python3.mjs")).open(),
};

/** @typedef {keyof typeof subjects} SubjectName */

/**
 * @param {unknown} name
 * @returns {name is SubjectName}
 */
export function isSubjectName(name) {
  return typeof name === "string" && Object.hasOwn(subjects, name);
}
