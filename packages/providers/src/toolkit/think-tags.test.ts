import { describe, expect, it } from "vitest";
import { ThinkTags } from "./think-tags.js";

function split(...pieces: readonly string[]) {
  const tags = new ThinkTags();
  const parts = [...pieces.flatMap((piece) => tags.push(piece)), ...tags.end()];
  const join = (type: string) =>
    parts
      .filter((part) => part.type === type)
      .map(({ text }) => text)
      .join("");
  return { thinking: join("thinking"), text: join("text") };
}

describe("thinking in tags", () => {
  it("is told apart from the answer, wherever the pieces are cut", () => {
    const whole = "\n<think>Let me see.\n</think>\n\nFour.";
    for (let cut = 0; cut <= whole.length; cut++) {
      expect(split(whole.slice(0, cut), whole.slice(cut)), `cut at ${cut}`).toEqual({
        thinking: "Let me see.\n",
        text: "Four.",
      });
    }
    expect(split(...whole)).toEqual({ thinking: "Let me see.\n", text: "Four." });
  });

  it("is only at the beginning: later on, the tag is text", () => {
    const text = "Write <think>this</think>.";
    expect(split(...text)).toEqual({ thinking: "", text });
  });

  it("keeps an answer as it is that only looks as if", () => {
    for (const text of ["<thin air>", " <", "<think", "  plain", ""]) {
      expect(split(...text)).toEqual({ thinking: "", text });
    }
  });

  it("without an end is all thinking", () => {
    expect(split("<think>on and on </thi")).toEqual({ thinking: "on and on </thi", text: "" });
  });

  it("gives a plain answer on at once", () => {
    const tags = new ThinkTags();
    expect(tags.push("Hello")).toEqual([{ type: "text", text: "Hello" }]);
  });
});
