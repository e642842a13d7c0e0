/** @import { Machine, Measured, Report, Row, Target } from "./types.js" */

/**
 * @param {string} name
 * @param {Machine} machine
 * @param {Measured} measured
 * @returns {Report}
 */
export function createReport(name, machine, { rows, ratios, notes }) {
  return { name, machine, rows, ratios, ...(notes.length > 0 ? { notes } : {}) };
}

/**
 * @param {Report} report
 * @param {string} about
 * @param {Readonly<Record<string, Target>>} targets
 */
export function formatReport({ name, machine, rows, ratios, notes }, about, targets) {
  const python3 = machine.python3 === undefined ? "" : `, python3 ${machine.python3}`;
  return [
    `${name}: ${about}`,
    `Node ${machine.node}${python3}, ${machine.cpu}, ${machine.cores} cores (load ${machine.load}), ${machine.platform}`,
    machine.date,
    "",
    ...formatTable(rows),
    "",
    ...Object.entries(targets).map(([ratio, target]) => formatRatio(ratio, ratios[ratio], target)),
    ...(notes ?? []).map((note) => `note: ${note}`),
    "",
  ].join("\n");
}

/**
 * @param {number} ratio
 * @param {Target} target
 */
export function isMet(ratio, target) {
  return "atLeast" in target ? ratio >= target.atLeast : ratio <= target.atMost;
}

/**
 * @param {string} name
 * @param {number | undefined} ratio
 * @param {Target} target
 */
function formatRatio(name, ratio, target) {
  const bound = "atLeast" in target ? `≥ ${target.atLeast}` : `≤ ${target.atMost}`;
  if (ratio === undefined) return `${name}: not measured (target ${bound})`;
  return `${name}: ${ratio} (target ${bound}: ${isMet(ratio, target) ? "met" : "NOT MET"})`;
}

/** @param {readonly Row[]} rows */
function formatTable(rows) {
  const cells = [
    ["subject", "n", "min", "p50", "p95", ""],
    ...rows.map(({ subject, n, min, p50, p95, unit }) => [subject, n, min, p50, p95, unit].map(String)),
  ];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  return cells.map(([subject = "", ...rest]) =>
    [subject.padEnd(widths[0] ?? 0), ...rest.map((cell, index) => cell.padStart(widths[index + 1] ?? 0))]
      .join("  ")
      .trimEnd(),
  );
}
