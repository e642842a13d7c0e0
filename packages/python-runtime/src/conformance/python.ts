/**
 * Python in a template: without the first line break, and without the indentation that all lines share. Backslashes
 * are Python's. A value of several lines keeps to the column where it stands.
 */
export function python({ raw }: TemplateStringsArray, ...values: readonly (string | number)[]): string {
  let text = (raw[0] ?? "").replace(/^\n/, "");
  for (const [i, value] of values.entries()) {
    const column = text.length - (text.lastIndexOf("\n") + 1);
    text += String(value).replaceAll("\n", `\n${" ".repeat(column)}`) + (raw[i + 1] ?? "");
  }
  const lines = text.split("\n");
  const indents = lines.filter((line) => line.trim() !== "").map((line) => line.search(/\S/));
  const shared = Math.min(...indents);
  return lines
    .map((line) => line.slice(shared))
    .join("\n")
    .trimEnd();
}
