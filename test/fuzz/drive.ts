import { createRandom } from "../../packages/bridge/src/test/random.js";
import type { Course, Driven, DriveOptions } from "./course.js";
import { driveBytes } from "./guided.js";
import type { Target } from "./target.js";
import { driveValues } from "./values.js";

/** Feeds a target until the time is over, or there is enough to look into. */
export function drive(target: Target, options: DriveOptions): Promise<Driven> {
  // From when it is first asked for: a target may take a while to open.
  let end: number | undefined;
  const course: Course = {
    ...options,
    random: createRandom(options.seed),
    isOver(inputs) {
      end ??= performance.now() + options.seconds * 1_000;
      return performance.now() >= end || inputs >= (options.mostInputs ?? Number.POSITIVE_INFINITY);
    },
  };
  return target.kind === "bytes" ? driveBytes(target, course) : driveValues(target, course);
}
