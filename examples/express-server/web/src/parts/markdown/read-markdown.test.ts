import { describe, expect, it } from "vitest";
import { readMarkdown } from "./read-markdown.js";

const said = (text: string) => JSON.stringify(readMarkdown(text));

describe("Markdown that nobody vouches for", () => {
  it("has headings, lists, tables and code", () => {
    const tree = said("# A\n\n- b\n\n| c | d |\n|---|---|\n| e | f |\n\n```py\nx = 1\n```");
    for (const name of ["h1", "li", "table", "code"]) expect(tree).toContain(`"tagName":"${name}"`);
  });

  const elements = (text: string) =>
    [...said(text).matchAll(/"tagName":"(\w+)","properties":(\{[^}]*\})/g)].map(
      ([, name, has]) => `${name}${has}`,
    );

  it.each([
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<iframe src='https://example.com'></iframe>",
    "a <b onclick='alert(1)'>b</b>",
    "<svg><script>alert(1)</script></svg>",
    "<style>body{display:none}</style>",
  ])("drops markup: %s", (text) => {
    expect(elements(text).filter((element) => element !== "p{}")).toEqual([]);
  });

  it.each([
    "[a](javascript:alert(1))",
    "[a](JaVaScRiPt:alert(1))",
    "[a](vbscript:x)",
    "[a](data:text/html,x)",
    "[a]( javascript:alert(1))",
    "[a][b]\n\n[b]: javascript:alert(1)",
    "<javascript:alert(1)>",
    "[a](file:///etc/passwd)",
  ])("leads nowhere but to the web: %s", (text) => {
    expect(said(text)).not.toMatch(/"href":"(?!https?:|mailto:|#)/);
  });

  it("names no picture of another site", () => {
    expect(said("![a](https://example.com/a.png)")).not.toContain("example.com");
  });

  it("gives up on what is nested very deep, or is very much", () => {
    expect(readMarkdown(">".repeat(200).concat(" x"))).toBeNull();
    expect(readMarkdown("a\n\n".repeat(10_000))).toBeNull();
  });
});
