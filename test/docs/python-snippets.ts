import { readFile } from "node:fs/promises";

export interface PythonSnippet {
  readonly source: string;
  /** Of its first line in the document, from 1. */
  readonly line: number;
  readonly given: Given;
  /** What the document says that people see: the block of text that follows it at once. */
  readonly says: string | undefined;
}

/** What a snippet runs with: `<!-- given: {…} -->` before it in the document, which readers do not see. */
export interface Given {
  readonly input?: string;
  readonly file?: { readonly name: string; readonly mediaType: string; readonly base64: string };
  /** What the model says, call by call; the last again and again. */
  readonly answers?: readonly string[];
}

const root = new URL("../../", import.meta.url);
const snippet = /(?:^<!-- given: (.*) -->\n+)?^```python\n([\s\S]*?)^```\n(?:\n```text\n([\s\S]*?)^```$)?/gm;

/** The Python in a document, each piece a plugin of its own. */
export async function pythonSnippets(file: string): Promise<readonly PythonSnippet[]> {
  const text = await readFile(new URL(file, root), "utf8");
  return [...text.matchAll(snippet)].map((match) => {
    const [, given, source = "", says] = match;
    const before = text.slice(0, match.index + match[0].indexOf("```python\n"));
    return { source, line: before.split("\n").length + 1, given: JSON.parse(given ?? "{}"), says };
  });
}
