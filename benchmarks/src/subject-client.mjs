import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";

/** @import { OpenOptions, Replies, Request } from "./types.js" */
/** @import { SubjectName } from "./subjects.mjs" */

const program = fileURLToPath(new URL("./subject-process.mjs", import.meta.url));

const patienceMs = 5_000;

/** A subject in a process of its own, asked one thing at a time. */
export class SubjectClient {
  #child;
  /** @type {{ resolve: (reply: any) => void, reject: (error: Error) => void } | undefined} */
  #waiting;
  #lastWords = "";

  /**
   * @param {SubjectName} name
   * @param {OpenOptions} options
   * @param {readonly string[]} nodeFlags
   */
  constructor(name, options, nodeFlags) {
    const args = options.snapshotFile === undefined ? [name] : [name, options.snapshotFile];
    // Nothing that a subject prints may reach stdout, which carries the report.
    this.#child = fork(program, args, {
      execArgv: ["--expose-gc", "--no-warnings", ...nodeFlags],
      stdio: ["ignore", "ignore", "pipe", "ipc"],
      serialization: "advanced",
    });
    this.#child.stderr?.setEncoding("utf8").on("data", (/** @type {string} */ text) => {
      this.#lastWords = (this.#lastWords + text).slice(-2000);
    });
    this.#child.on("message", (message) => this.#settle(message));
    this.#child.on("error", (error) => this.#fail(error.message));
    this.#child.on("exit", (code, signal) =>
      this.#fail(`ended with ${signal ?? code} ${this.#lastWords}`.trim()),
    );
  }

  /**
   * Starts the process and waits until the subject is open.
   * @param {SubjectName} name
   * @param {OpenOptions} options
   * @param {readonly string[]} [nodeFlags]
   */
  static async open(name, options, nodeFlags = []) {
    const client = new SubjectClient(name, options, nodeFlags);
    try {
      await client.#answer();
    } catch (error) {
      await client.close();
      throw error;
    }
    return client;
  }

  /**
   * @template {Request} R
   * @param {R} request
   * @returns {Promise<Replies[R["kind"]]>}
   */
  ask(request) {
    const answer = this.#answer();
    this.#child.send(request);
    return answer;
  }

  /** The process may have others to take with it, and a moment for that. */
  async close() {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const gone = new Promise((resolve) => this.#child.once("exit", resolve));
    if (this.#child.connected) this.#child.disconnect();
    const impatience = setTimeout(() => this.#child.kill("SIGKILL"), patienceMs);
    await gone;
    clearTimeout(impatience);
  }

  /** @returns {Promise<any>} */
  #answer() {
    if (this.#waiting !== undefined) throw new Error("a subject is asked one thing at a time");
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
    });
  }

  /** @param {any} message */
  #settle(message) {
    if (message.failure !== undefined) return this.#fail(message.failure);
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.resolve(message.reply);
  }

  /** @param {string} reason */
  #fail(reason) {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    waiting?.reject(new Error(reason));
  }
}
