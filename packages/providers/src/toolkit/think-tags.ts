/** A piece of an answer, told apart from what the model said to itself. */
export interface SplitText {
  readonly type: "text" | "thinking";
  readonly text: string;
}

const open = "<think>";
const close = "</think>";

/** White space before the tag; with more, it is no tag. */
const mostSpace = 64;

/**
 * Takes apart answers of servers that leave it to their clients: `<think>…</think>` at the very beginning is thinking,
 * anywhere else it is what the model said.
 *
 * It is *starting* until it is clear whether the answer begins with the tag, *thinking* until the closing tag,
 * *pausing* in the white space after it, and then *answering* for good. What may be the beginning of a tag is held back
 * until the next piece.
 */
export class ThinkTags {
  #state: "starting" | "thinking" | "pausing" | "answering" = "starting";
  #held = "";

  push(text: string): readonly SplitText[] {
    switch (this.#state) {
      case "answering":
        return toParts("text", text);
      case "pausing":
        return this.#pause(text);
      case "thinking":
        this.#held += text;
        return this.#think();
      case "starting":
        this.#held += text;
        return this.#start();
    }
  }

  /** What is still held back when the answer ends. */
  end(): readonly SplitText[] {
    const held = this.#held;
    this.#held = "";
    return toParts(this.#state === "thinking" ? "thinking" : "text", held);
  }

  #start(): readonly SplitText[] {
    const begun = this.#held.trimStart();
    if (begun.length < open.length && open.startsWith(begun) && this.#held.length < mostSpace) {
      return [];
    }
    if (begun.startsWith(open)) {
      this.#state = "thinking";
      this.#held = begun.slice(open.length);
      return this.#think();
    }
    return this.#answer(this.#held);
  }

  #think(): readonly SplitText[] {
    const end = this.#held.indexOf(close);
    if (end >= 0) {
      const thought = toParts("thinking", this.#held.slice(0, end));
      const rest = this.#held.slice(end + close.length);
      this.#state = "pausing";
      this.#held = "";
      return [...thought, ...this.#pause(rest)];
    }
    const kept = lengthOfTagBegun(this.#held);
    const thought = this.#held.slice(0, this.#held.length - kept);
    this.#held = this.#held.slice(thought.length);
    return toParts("thinking", thought);
  }

  #pause(text: string): readonly SplitText[] {
    const answer = text.trimStart();
    return answer === "" ? [] : this.#answer(answer);
  }

  #answer(text: string): readonly SplitText[] {
    this.#state = "answering";
    this.#held = "";
    return toParts("text", text);
  }
}

function toParts(type: SplitText["type"], text: string): readonly SplitText[] {
  return text === "" ? [] : [{ type, text }];
}

/** How much of the closing tag the text may end with. */
function lengthOfTagBegun(text: string): number {
  for (let length = Math.min(close.length - 1, text.length); length > 0; length--) {
    if (close.startsWith(text.slice(-length))) {
      return length;
    }
  }
  return 0;
}
