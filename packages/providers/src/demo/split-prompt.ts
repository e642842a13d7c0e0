/** Tells what a prompt asks for from the text that it asks it about. */
export interface SplitPrompt {
  readonly instruction: string;
  /** What the instruction is to be followed with. */
  readonly content: string;
}

const taskWords =
  /summar|\bsum\b[^.\n]{0,40}\bup\b|condens|shorten|tl;?dr|translat|rate\b|rating|score|sentiment|mood|tone|emotion|toxic|harm|moderat|safe|hate|offens|abus|spam|classif|categor|keyword|key\s?point|topic|tags?\b|extract|bug|secur|vulnerab|improv|suggest|review|refactor|optimi|report|describe|image|picture|photo|analy[sz]|explain|answer|question|write|list|find|check|is this|detect/i;

/** Tags or a fence mark the text; else an instruction comes first, up to a colon or an empty line, or last. */
export function splitPrompt(text: string): SplitPrompt {
  const tagged = betweenTags(text);
  if (tagged) return tagged;
  const fenced = /```[^\n]*\n([\s\S]*?)```/.exec(text);
  if (fenced?.[1] !== undefined) {
    return { instruction: text.replace(fenced[0], " ").slice(0, 2_000), content: fenced[1] };
  }
  for (const match of text.slice(0, 1_500).matchAll(/:\s+|\n\s*\n|:$/g)) {
    const instruction = text.slice(0, match.index);
    const content = text.slice(match.index + match[0].length).trim();
    if (taskWords.test(instruction) && content !== "" && !isAtExample(instruction, content)) {
      return { instruction, content: withoutQuotes(content) };
    }
  }
  const paragraphs = text.split(/\n\s*\n/);
  const last = paragraphs.at(-1) ?? "";
  if (paragraphs.length > 1 && last.length < 500 && taskWords.test(last)) {
    return { instruction: last, content: paragraphs.slice(0, -1).join("\n\n") };
  }
  return { instruction: text.slice(0, 1_500), content: text };
}

/** From the first tag that has a line to itself to the last one that closes it. */
function betweenTags(text: string): SplitPrompt | undefined {
  const opening = /^<([a-z]{1,20})>$/im.exec(text);
  if (opening === null) return undefined;
  const from = opening.index + opening[0].length;
  const to = text.lastIndexOf(`\n</${opening[1]}>`);
  return to < from
    ? undefined
    : { instruction: text.slice(0, opening.index).slice(0, 2_000), content: text.slice(from, to).trim() };
}

/** Colons before and in an example of JSON do not end the instruction. */
function isAtExample(instruction: string, content: string): boolean {
  return (
    instruction.split("{").length > instruction.split("}").length ||
    (content.startsWith("{") && /\bjson\b/i.test(instruction))
  );
}

function withoutQuotes(text: string): string {
  return /^(["'“«])[\s\S]*["'”»]$/.test(text) ? text.slice(1, -1) : text;
}
