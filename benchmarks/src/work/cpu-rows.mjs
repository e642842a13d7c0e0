import { readFileSync } from "node:fs";

export const rowNames = [
  "fib",
  "json_dumps",
  "json_loads",
  "regex",
  "sort",
  "loop",
  "dict",
  "str",
  "objects",
  "float",
];

const definitions = readFileSync(new URL("./cpu_rows.py", import.meta.url), "utf8");

/**
 * Python that measures one row for so many seconds; with 0 it still calls it three times.
 * @param {string} row
 * @param {number} seconds
 */
export function measuringSource(row, seconds) {
  return `${definitions}\nanswer = json.dumps(measure("${row}", ${seconds}))\n`;
}

/**
 * Python that calls one row exactly once.
 * @param {string} row
 */
export function onceSource(row) {
  return `${definitions}
start = time.perf_counter()
row_${row}(None)
answer = json.dumps([(time.perf_counter() - start) * 1000])
`;
}

/**
 * @param {string} answer
 * @returns {number[]}
 */
export function parseTimes(answer) {
  const times = JSON.parse(answer);
  if (
    !Array.isArray(times) ||
    times.length === 0 ||
    !times.every((time) => typeof time === "number" && time > 0)
  ) {
    throw new Error(`not a list of times: ${answer.slice(0, 200)}`);
  }
  return times;
}
