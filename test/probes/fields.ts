/** One JSON object whose fields are read with their types checked; unknown fields are notes for people. */
export class Fields {
  readonly #fields: Readonly<Record<string, unknown>>;

  constructor(
    value: unknown,
    readonly where: string,
  ) {
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      throw new Error(`${where}: expected an object`);
    }
    this.#fields = value as Record<string, unknown>;
  }

  raw(name: string): unknown {
    return this.#fields[name];
  }

  text(name: string): string | undefined {
    return this.#optional(name, "text", (value) => typeof value === "string");
  }

  number(name: string): number | undefined {
    return this.#optional(name, "a number", (value) => typeof value === "number" && value >= 0);
  }

  flag(name: string): boolean {
    return this.#optional<boolean>(name, "true or false", (value) => typeof value === "boolean") ?? false;
  }

  list(name: string): readonly unknown[] {
    return this.#optional<unknown[]>(name, "a list", Array.isArray) ?? [];
  }

  /** A list of texts, or one text. */
  words(name: string): readonly string[] {
    const value = this.#fields[name];
    const words = typeof value === "string" ? [value] : this.list(name);
    return words.map((word) => {
      if (typeof word !== "string") throw new Error(`${this.where}: ${name} must hold texts`);
      return word;
    });
  }

  /** `[text, n]`: the text, n times. */
  repeated(name: string): string | undefined {
    const value = this.#fields[name];
    if (value === undefined) return undefined;
    const [text, times] = Array.isArray(value) ? value : [];
    if (typeof text !== "string" || typeof times !== "number") {
      throw new Error(`${this.where}: ${name} must be [text, times]`);
    }
    return text.repeat(times);
  }

  #optional<T>(name: string, kind: string, fits: (value: unknown) => boolean): T | undefined {
    const value = this.#fields[name];
    if (value === undefined || value === null) return undefined;
    if (!fits(value)) throw new Error(`${this.where}: ${name} must be ${kind}`);
    return value as T;
  }
}
