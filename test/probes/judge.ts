/** Compares what a run did with what its probe expects. Each complaint says what was expected and what came. */
import type { Outcome, Probe } from "./manifest.js";

/** Everything that could be seen of one run from outside. */
export interface Observed {
  readonly end: Exclude<Outcome, "held" | "info"> | "fault";
  /** What was printed on stdout and what was sent, in the order of arrival. */
  readonly transcript: readonly Piece[];
  readonly stderr: string;
  /** Whether the outcome has all that was heard while the run went on. */
  readonly isOutcomeComplete: boolean;
  /** Class, message and traceback of the plugin's exception, or how the run ended otherwise. */
  readonly error: string;
  readonly elapsedMs: number;
  readonly peakMemoryBytes: number;
  readonly modelRequests: number;
  readonly modelReplies: readonly string[];
}

export interface Piece {
  readonly kind: "stdout" | "sent";
  readonly text: string;
}

/** Time that a run may take beyond its limit before it counts as hanging. */
const GRACE_MS = 2_000;

export function judge(probe: Probe, seen: Observed, secrets: readonly string[]): string[] {
  const outputs = readings(seen.transcript);
  const said = `${outputs.join("\n")}\n${printed(seen.transcript)}`;
  const complaints: string[] = [];
  const expect = (good: boolean, expected: string, came: string): void => {
    if (!good) complaints.push(`expected ${expected}, came ${came}`);
  };

  const outcomes = outcomesOf(seen, outputs);
  expect(
    probe.outcomes.length === 0 || probe.outcomes.some((outcome) => outcomes.includes(outcome)),
    probe.outcomes.join(" or "),
    `${outcomes.join("/")}${seen.error === "" ? "" : ` (${excerpt(seen.error)})`} with output ${excerpt(said.trim())}`,
  );
  // The end of our own making is never a good one, whatever the probe says.
  expect(seen.end !== "fault", "no fault of the host's own", `one: ${excerpt(seen.error)}`);

  expect(seen.isOutcomeComplete, "an outcome with all that its events told", "another");

  // On stderr a traceback may quote the plugin's own line, so only a line that starts so was said.
  const breachAt = said.indexOf("BREACH:");
  const breach = breachAt >= 0 ? said.slice(breachAt) : /^BREACH:.*/m.exec(seen.stderr)?.[0];
  expect(breach === undefined, "no BREACH:", excerpt(breach ?? ""));
  // A model that echoes its prompt may say what the plugin may not.
  const ownWords = seen.modelReplies.reduce((rest, reply) => rest.replaceAll(reply, ""), said);
  for (const word of probe.breachWords) {
    expect(!ownWords.includes(word), `no ${excerpt(word)} in the output`, excerpt(said));
  }
  const plugin = Buffer.from(probe.source).toString("utf8");
  for (const secret of secrets.filter((text) => !plugin.includes(text))) {
    const everything = [said, seen.stderr, seen.error].join("\n");
    expect(!everything.includes(secret), "no canary", `one: ${excerpt(everything)}`);
  }
  for (const word of probe.forbiddenInError) {
    expect(!seen.error.includes(word), `no ${excerpt(word)} in the error`, excerpt(seen.error));
  }

  const { expectedOutput, maxAiCallsSeen } = probe;
  if (expectedOutput !== undefined) {
    expect(
      outputs.includes(expectedOutput),
      `the output ${excerpt(expectedOutput)}`,
      excerpt(outputs[0] ?? ""),
    );
  }
  if (maxAiCallsSeen !== undefined) {
    expect(
      seen.modelRequests <= maxAiCallsSeen,
      `at most ${maxAiCallsSeen} model requests`,
      `${seen.modelRequests}`,
    );
  }
  expect(
    seen.elapsedMs <= probe.timeoutMs + GRACE_MS,
    `an end within ${probe.timeoutMs} + ${GRACE_MS} ms`,
    `one after ${Math.round(seen.elapsedMs)} ms`,
  );
  for (const [stream, text] of [
    ["stdout", printed(seen.transcript)],
    ["stderr", seen.stderr],
  ] as const) {
    // A replaced byte becomes three, so characters are what can be counted afterwards.
    expect(
      text.length <= probe.maxOutputBytes,
      `at most ${probe.maxOutputBytes} on ${stream}`,
      `${text.length}`,
    );
  }
  expect(
    seen.peakMemoryBytes <= probe.memoryMb * 2 ** 20,
    `at most ${probe.memoryMb} MB of guest memory`,
    `${(seen.peakMemoryBytes / 2 ** 20).toFixed(1)} MB`,
  );
  return complaints;
}

/**
 * What may be called the output of a run: what was sent, a line for each call, alone or among what was printed.
 * The last line that was sent has no line end of its own; one that was printed may be read without.
 */
export function readings(transcript: readonly Piece[]): string[] {
  const sent = transcript.filter((piece) => piece.kind === "sent").map((piece) => piece.text);
  const all = transcript
    .map((piece, at) =>
      piece.kind === "sent" && at < transcript.length - 1 ? `${piece.text}\n` : piece.text,
    )
    .join("");
  const endsPrinted = transcript.at(-1)?.kind === "stdout" && all.endsWith("\n");
  return [sent.join("\n"), all, ...(endsPrinted ? [all.slice(0, -1)] : [])];
}

function outcomesOf({ end }: Observed, outputs: readonly string[]): (Outcome | "fault")[] {
  if (end !== "ok") return [end];
  if (outputs.some((output) => output.startsWith("HELD:"))) return ["held", "ok"];
  if (outputs.some((output) => output.startsWith("INFO:"))) return ["info", "ok"];
  return ["ok"];
}

function printed(transcript: readonly Piece[]): string {
  return transcript
    .filter((piece) => piece.kind === "stdout")
    .map((piece) => piece.text)
    .join("");
}

export function excerpt(text: string): string {
  const whole = JSON.stringify(text);
  return whole.length <= 300
    ? whole
    : `${whole.slice(0, 200)} … ${whole.slice(-80)} (${text.length} characters)`;
}
