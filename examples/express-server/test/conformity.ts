import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";

interface Operation {
  readonly operationId: string;
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema: object }>> }>
  >;
}

export interface ApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: object };
}

/** Holds answers to what the API's own document says of them. */
export class Conformity {
  readonly #ajv: Ajv2020;
  readonly #patterns: readonly { readonly path: string; readonly form: RegExp }[];
  readonly #compiled = new Map<string, ValidateFunction>();

  constructor(private readonly document: ApiDocument) {
    this.#ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
    this.#ajv.addSchema({ $id: "api", components: document.components });
    this.#patterns = Object.keys(document.paths)
      // The more is fixed in a path, the better it fits.
      .sort((a, b) => a.split("{").length - b.split("{").length)
      .map((path) => ({ path, form: new RegExp(`^${path.replaceAll(/\{\w+\}/g, "[^/]+")}$`) }));
  }

  /** Throws when an answer is not what the document says. */
  check(method: string, path: string, status: number, type: string, body: unknown): void {
    const found = this.#patterns.find(({ path: known, form }) => {
      return form.test(path) && this.document.paths[known]?.[method.toLowerCase()] !== undefined;
    });
    if (found === undefined) return;
    const operation = this.document.paths[found.path]?.[method.toLowerCase()];
    const content = operation?.responses[String(status)]?.content;
    const where = `${method} ${path}: ${status}`;
    if (content === undefined) throw new Error(`${where} is not documented (${JSON.stringify(body)})`);
    const documented = Object.entries(content).find(([known]) => type.startsWith(known.split(";")[0] ?? ""));
    if (documented === undefined)
      throw new Error(`${where} is documented as ${Object.keys(content)}, not ${type}`);
    if (!type.startsWith("application/json")) return;
    const validate = this.#compile(`${operation?.operationId} ${status}`, documented[1].schema);
    if (!validate(body)) {
      throw new Error(`${where} is not what is documented: ${this.#ajv.errorsText(validate.errors)}`);
    }
  }

  #compile(key: string, schema: object): ValidateFunction {
    const known = this.#compiled.get(key);
    if (known !== undefined) return known;
    const compiled = this.#ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"api#/')));
    this.#compiled.set(key, compiled);
    return compiled;
  }
}
