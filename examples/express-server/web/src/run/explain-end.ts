import type { ApiError } from "../api/api-error.js";
import type { Tone } from "../parts/notice.js";
import type { RunEnd } from "./run-view.js";

/** How a run ended, for somebody who has never heard of sandboxes: what happened, and what he can do. */
export interface Explanation {
  readonly tone: Tone;
  readonly title: string;
  readonly text: string;
  /** What exactly happened, for those who want to know. */
  readonly detail?: string | undefined;
}

export function explainEnd({
  status,
  reason,
  error,
}: Pick<RunEnd, "status" | "reason" | "error">): Explanation {
  if (status === "completed") {
    return { tone: "good", title: "Completed", text: "The plugin ran to its end." };
  }
  if (status === "stopped") {
    const known = stops[reason ?? ""];
    return {
      ...(known ?? { tone: "bad", title: "The run was stopped", text: "The sandbox ended this run." }),
      ...(error !== null && { detail: error }),
    };
  }
  return explainError(error);
}

const stops: Readonly<Record<string, Explanation>> = {
  timeout: {
    tone: "warn",
    title: "It took too long",
    text: "The run used up its time, waiting for models included, and was ended. Try a shorter input, or make the plugin ask less of the models.",
  },
  compute: {
    tone: "warn",
    title: "It computed for too long",
    text: "The plugin's own code used up its time, and was ended. A loop that never ends does that, and so does very much data.",
  },
  memory: {
    tone: "warn",
    title: "It needed too much memory",
    text: "The plugin wanted more memory than a run may have. Nothing else was affected. Let it handle the input piece by piece.",
  },
  output: {
    tone: "warn",
    title: "It said too much",
    text: "The plugin printed or sent more than a run may. What came before that is shown.",
  },
  cancelled: {
    tone: "info",
    title: "Cancelled",
    text: "The run was ended when you asked for it. Model calls that were under way were ended too.",
  },
  aborted: {
    tone: "info",
    title: "Cancelled",
    text: "It was ended before its time: whoever started it cancelled it or went away, or the server was being stopped.",
  },
  crashed: {
    tone: "bad",
    title: "The interpreter crashed",
    text: "The plugin brought its Python down, endless recursion for example does that. It was the run's own, and the next run gets a fresh one.",
  },
  fault: {
    tone: "bad",
    title: "The server could not finish this run",
    text: "That was no fault of the plugin. Try again; if it happens again, tell whoever runs this server.",
  },
};

function explainError(error: string | null): Explanation {
  const name = /^\w+/.exec(error ?? "")?.[0] ?? "";
  const known = errors.find(({ type, says }) => type.test(name) && (says?.test(error ?? "") ?? true));
  return {
    tone: "bad",
    title: known?.title ?? "The plugin failed",
    text: known?.text ?? "It raised an exception and did not catch it.",
    ...(error !== null && { detail: error }),
  };
}

interface KnownError {
  readonly type: RegExp;
  readonly says?: RegExp;
  readonly title: string;
  readonly text: string;
}

const nothingThere =
  "A plugin sees no files, no network and no processes of this machine. It has its input, the models, and its own empty memory.";

const errors: readonly KnownError[] = [
  {
    type: /^AIError$/,
    title: "A model call was refused or failed",
    text: "The plugin asked for a model and did not get an answer. The timeline shows which call it was, and why.",
  },
  {
    type: /^SyntaxError$|^IndentationError$|^TabError$/,
    title: "This is not Python yet",
    text: "The interpreter could not read the code.",
  },
  {
    type: /^(ModuleNotFoundError|ImportError)$/,
    title: "A module is missing",
    text: "Plugins have Python's standard library and the platform's SDK. Other packages are not installed, and modules for networks and processes do not work here.",
  },
  {
    type: /^(OSError|gaierror|URLError)$/,
    says: /no network/,
    title: "The sandbox has no network",
    text: nothingThere,
  },
  {
    type: /^(PermissionError|FileNotFoundError|OSError|NotADirectoryError)$/,
    title: "The sandbox has no such file or device",
    text: nothingThere,
  },
  {
    type: /^MemoryError$/,
    title: "It needed too much memory",
    text: "The plugin wanted more memory than a run may have. Nothing else was affected. Let it handle the input piece by piece.",
  },
  {
    type: /^RecursionError$/,
    title: "It called itself too often",
    text: "Functions that call themselves without end are stopped by Python.",
  },
  {
    type: /^SystemExit$/,
    title: "The plugin gave up",
    text: "It ended itself with an exit code that means failure.",
  },
  {
    type: /^ValueError$|^JSONDecodeError$/,
    title: "The plugin could not use this input",
    text: "Most often the input is not of the form that the plugin expects.",
  },
];

/** There was no run, or it was lost sight of. */
export function explainFailure({ status, message, retryAfterSeconds }: ApiError): Explanation {
  const wait = retryAfterSeconds === undefined ? "" : ` Try again in ${waitText(retryAfterSeconds)}.`;
  switch (status) {
    case 0:
      return { tone: "bad", title: "The connection was lost", text: message };
    case 401:
      return { tone: "warn", title: "You are not signed in", text: message };
    case 403:
      return { tone: "warn", title: "You may not run this", text: message };
    case 404:
      return { tone: "warn", title: "This plugin is gone", text: message };
    case 413:
      return { tone: "warn", title: "The input is too large", text: message };
    case 429:
      return { tone: "warn", title: "Too many requests", text: `${message}${wait}` };
    case 503:
      return { tone: "warn", title: "The server is busy", text: `${message}${wait}` };
    default:
      return { tone: "bad", title: "The run could not begin", text: message };
  }
}

function waitText(seconds: number): string {
  return seconds === 1 ? "a second" : `${seconds} seconds`;
}
