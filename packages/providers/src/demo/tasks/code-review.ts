import { countOf, shorten } from "../text.js";

export type ReviewTopic = "bugs" | "security" | "improvements";

interface Rule {
  readonly topic: ReviewTopic;
  readonly pattern: RegExp;
  readonly says: string;
}

/** Each looks at one line of bounded length. */
const rules: readonly Rule[] = [
  {
    topic: "bugs",
    pattern: /def \w+\([^)]*=\s*(?:\[\]|\{\}|set\(\))/,
    says: "a default that all calls share and can change",
  },
  { topic: "bugs", pattern: /^\s*except\s*:/, says: "catches everything, even the request to stop" },
  { topic: "bugs", pattern: /except\b.*:\s*pass\b/, says: "an error is swallowed without a trace" },
  { topic: "bugs", pattern: /[!=]=\s*None\b/, says: "compare with `is None`" },
  { topic: "bugs", pattern: /\bis\s+(?:not\s+)?(?:["'\d])/, says: "`is` compares identity, not value" },
  { topic: "bugs", pattern: /\bassert\s*\(.*,/, says: "an assertion of a tuple is always true" },
  {
    topic: "bugs",
    pattern: /\bif\s*\([^=!<>]*[^=!<>]=[^=>]/,
    says: "an assignment where a comparison was meant?",
  },
  { topic: "bugs", pattern: /<=\s*(?:len\(|\w+\.length)/, says: "one step too far at the end?" },
  {
    topic: "bugs",
    pattern: /\/\s*(?:len\(|\w+\.length|count\b|total\b|n\b)/,
    says: "a division by zero when there is nothing",
  },
  {
    topic: "bugs",
    pattern: /(?<!with )\bopen\(/,
    says: "a file that is not closed when something goes wrong: use `with`",
  },
  { topic: "bugs", pattern: /\bwhile\s*(?:\(\s*true\s*\)|True\s*:)/, says: "does this loop always end?" },
  {
    topic: "bugs",
    pattern: /\.sort\(\)\s*[.[]|=\s*\w+\.(?:sort|append|reverse)\(\S*\)\s*$/,
    says: "a method that gives nothing back is used as a value",
  },
  { topic: "bugs", pattern: /[^=!]==[^=].*;\s*$/, says: "`===` compares without converting" },
  { topic: "bugs", pattern: /\bparseInt\([^,)]*\)/, says: "`parseInt` without a radix" },
  { topic: "security", pattern: /\b(?:eval|exec)\s*\(/, says: "runs text as code" },
  { topic: "security", pattern: /\bos\.(?:system|popen)\s*\(/, says: "runs a command through a shell" },
  { topic: "security", pattern: /shell\s*=\s*True/, says: "runs a command through a shell" },
  {
    topic: "security",
    pattern: /child_process|execSync\(|\bspawn\(/,
    says: "starts a program: what is in its arguments?",
  },
  {
    topic: "security",
    pattern: /\b(?:pickle|marshal|shelve)\.loads?\s*\(/,
    says: "loading such data can run code",
  },
  { topic: "security", pattern: /yaml\.load\((?!.*Safe)/, says: "use `yaml.safe_load`" },
  {
    topic: "security",
    pattern: /(?:password|passwd|secret|api_?key|token)\w*\s*[:=]\s*["'][^"']{4,}/i,
    says: "a secret in the source",
  },
  {
    topic: "security",
    pattern: /(?:select|insert|update|delete)\b.*(?:["']\s*\+|\bf["']|%s["']\s*%|\$\{|\.format\()/i,
    says: "a query put together from text: use parameters",
  },
  {
    topic: "security",
    pattern: /execute\(\s*f?["'].*(?:\{|["']\s*[+%])/,
    says: "a query put together from text: use parameters",
  },
  { topic: "security", pattern: /\b(?:md5|sha1)\b/i, says: "a hash that is broken for security" },
  {
    topic: "security",
    pattern: /\brandom\.(?:random|randint|choice)|Math\.random\(/,
    says: "predictable random numbers: not for secrets",
  },
  {
    topic: "security",
    pattern: /verify\s*=\s*False|rejectUnauthorized\s*:\s*false/,
    says: "certificates are not checked",
  },
  {
    topic: "security",
    pattern: /innerHTML\s*=|document\.write\(|dangerouslySetInnerHTML/,
    says: "text becomes markup",
  },
  { topic: "security", pattern: /debug\s*=\s*True/, says: "debugging is on" },
  {
    topic: "security",
    pattern: /\binput\(.*\).*open\(|open\(\s*(?:input\(|request\.|req\.|sys\.argv)/,
    says: "the user chooses a path",
  },
  { topic: "security", pattern: /["']0\.0\.0\.0["']/, says: "listens on all networks" },
  { topic: "security", pattern: /tempfile\.mktemp\(/, says: "somebody else can take that name first" },
  {
    topic: "improvements",
    pattern: /\bfor\s+\w+\s+in\s+range\(len\(/,
    says: "go through the items themselves, or use `enumerate`",
  },
  { topic: "improvements", pattern: /^\s*from\s+\S+\s+import\s+\*/, says: "say which names are imported" },
  { topic: "improvements", pattern: /^\s*global\s+\w/, says: "pass it in and return it instead of a global" },
  {
    topic: "improvements",
    pattern: /^\s*def\s+\w+\([^)]*\w[^):]*\)\s*:/,
    says: "type hints would tell what goes in and out",
  },
  { topic: "improvements", pattern: /\bvar\s+\w/, says: "`const` or `let` instead of `var`" },
  {
    topic: "improvements",
    pattern: /\bconsole\.log\(|^\s*print\(/,
    says: "log with a level, or return the value",
  },
  { topic: "improvements", pattern: /\b(?:TODO|FIXME|XXX)\b/, says: "something is left to do" },
  {
    topic: "improvements",
    pattern: /[^\w."'](?:[2-9]\d{2,}|1\d{3,})\b(?!["'])/,
    says: "give the number a name",
  },
  { topic: "improvements", pattern: /^.{101,}/, says: "a long line" },
  {
    topic: "improvements",
    pattern: /^(?: {16,}|\t{4,})\S/,
    says: "deeply nested: return early, or make a function of it",
  },
  {
    topic: "improvements",
    pattern: /==\s*(?:True|False|true|false)\b/,
    says: "the comparison is not needed",
  },
];

const mostLines = 2_000;
const mostLineChars = 300;
const mostFindings = 12;

export interface Finding {
  readonly line: number;
  readonly says: string;
}

export function reviewCode(code: string, topic: ReviewTopic): readonly Finding[] {
  const own = rules.filter((rule) => rule.topic === topic);
  const findings: Finding[] = [];
  for (const [index, line] of code.split("\n").slice(0, mostLines).entries()) {
    const text = withoutComment(line.slice(0, mostLineChars));
    for (const { pattern, says } of own) {
      if (findings.length < mostFindings && pattern.test(text)) {
        findings.push({ line: index + 1, says });
      }
    }
  }
  return findings;
}

const titles: Readonly<Record<ReviewTopic, string>> = {
  bugs: "Possible bugs",
  security: "Security",
  improvements: "Suggestions",
};

export function explainReview(code: string, topic: ReviewTopic): string {
  const findings = reviewCode(code, topic);
  const count = rules.filter((rule) => rule.topic === topic).length;
  if (findings.length === 0) {
    return `${titles[topic]}: none of ${count} simple patterns was found, which says little about the code.`;
  }
  const lines = code.split("\n");
  const listed = findings.map(
    ({ line, says }) => `- line ${line}: ${says} (\`${shorten((lines[line - 1] ?? "").trim(), 60)}\`)`,
  );
  return [
    `${titles[topic]}, ${countOf(findings.length, "line")} found by ${count} simple patterns:`,
    ...listed,
  ].join("\n");
}

/** Whether it looks like a program rather than like prose. */
export function isCode(text: string): boolean {
  const signs =
    /^\s*(?:def |class |import |from \S+ import|function |const |let |var |if .*[:{]$|for .*[:{]$|return\b|#include|public |fn |func |<\?php|SELECT )|[{};]\s*$|=>|\w\(.*\)\s*$/m;
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const alike = lines.slice(0, 200).filter((line) => signs.test(line.slice(0, mostLineChars))).length;
  return alike > 0 && alike >= Math.min(lines.length, 200) * 0.25;
}

/** What a comment says is no code, except that something is left to do. */
function withoutComment(line: string): string {
  return /\b(?:TODO|FIXME|XXX)\b/.test(line) ? line : line.replace(/(^|\s)(?:#|\/\/).*$/, "$1");
}
