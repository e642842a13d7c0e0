/**
 * The process that one subject lives in while a bench measures it: opens the subject, then serves requests.
 *
 *   node --expose-gc subject-process.mjs SUBJECT [SNAPSHOT]
 *
 * A process for each keeps one subject's memory, compiled code and garbage out of another's figures.
 */
import { isSubjectName, subjects } from "./subjects.mjs";
import { checkAnswer } from "./work/plugin.mjs";

/** @import { Request, Subject } from "./types.js" */

const [name, snapshotFile] = process.argv.slice(2);
if (!isSubjectName(name)) throw new Error(`no such subject: ${name}`);

try {
  const subject = await subjects[name]({ snapshotFile });
  process.on("message", (/** @type {Request} */ request) => {
    serve(subject, request).then((reply) => process.send?.({ reply }), sendFailure);
  });
  process.on("disconnect", () => process.exit());
  process.send?.({ ready: true });
} catch (error) {
  sendFailure(error);
}

/** @param {unknown} error */
function sendFailure(error) {
  process.send?.({ failure: error instanceof Error ? error.message : String(error) });
}

/**
 * @param {Subject} subject
 * @param {Request} request
 */
async function serve(subject, request) {
  switch (request.kind) {
    case "time":
      return time(subject, request.forMs, request.atLeast);
    case "keep":
      return keep(subject, request.instances);
    case "evaluate":
      if (subject.evaluate === undefined) throw new Error("this subject cannot execute Python of ours");
      return subject.evaluate(request.source);
    case "measure":
      if (subject.measure === undefined) throw new Error("this subject has nothing more to show");
      return subject.measure(request.what, request.amount);
  }
}

/**
 * @param {Subject} subject
 * @param {number} forMs
 * @param {number} atLeast
 */
async function time(subject, forMs, atLeast) {
  const samples = [];
  const end = performance.now() + forMs;
  while (samples.length < atLeast || performance.now() < end) {
    await subject.prepare?.();
    const start = performance.now();
    const answer = await subject.run();
    samples.push(performance.now() - start);
    checkAnswer(answer);
  }
  return samples;
}

/**
 * The first instance pays for what all share (the module's code, the image) and is not counted.
 * @param {Subject} subject
 * @param {number} instances
 */
async function keep(subject, instances) {
  if (subject.keep === undefined) throw new Error("this subject cannot keep instances");
  await subject.keep();
  const before = residentBytes();
  for (let made = 0; made < instances; made += 1) await subject.keep();
  return (residentBytes() - before) / instances;
}

function residentBytes() {
  globalThis.gc?.();
  globalThis.gc?.();
  return process.memoryUsage.rss();
}
