import { Problem } from "../problem.js";

const maxNameChars = 100;
const maxFields = 20;

/** The fields of a form as they come, each of them once. */
export class FormFields<V> extends Map<string, V> {
  constructor(private readonly maxFieldBytes: number) {
    super();
  }

  add(name: string, value: V): void {
    if (name.length > maxNameChars) throw new Problem("invalid", "A field has a name that is too long.");
    if (this.has(name)) throw new Problem("invalid", `The field ${JSON.stringify(name)} is there twice.`);
    if (this.size >= maxFields) throw tooManyFields();
    this.set(name, value);
  }

  tooLarge(name: string): Problem {
    return new Problem(
      "too_large",
      `The field ${JSON.stringify(name)} has more than ${this.maxFieldBytes} bytes.`,
    );
  }
}

export const formLimits = { maxFields, maxNameChars };

export function tooManyFields(): Problem {
  return new Problem("invalid", "The form has too many fields or files.");
}
