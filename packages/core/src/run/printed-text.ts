/**
 * Makes text of what a guest prints, piece by piece: a character whose bytes arrive in two pieces is whole in the
 * second, and what is no UTF-8 becomes U+FFFD.
 */
export class PrintedText {
  #decoder: TextDecoder | undefined;
  #text = "";

  /** Everything so far. */
  get text(): string {
    return this.#text;
  }

  /** The text that this piece completes; often the whole of it, sometimes nothing. */
  add(piece: Uint8Array): string {
    this.#decoder ??= new TextDecoder("utf-8", { ignoreBOM: true });
    return this.#append(this.#decoder.decode(piece, { stream: true }));
  }

  /** What is left of a character that was never completed. */
  end(): string {
    return this.#decoder ? this.#append(this.#decoder.decode()) : "";
  }

  #append(text: string): string {
    this.#text += text;
    return text;
  }
}
