import type { InputType } from "../../api/shapes.js";
import type { Draft } from "./draft.js";

interface About {
  readonly name: string;
  readonly description: string;
  readonly input_type: InputType;
  readonly input_hint: string;
}

const folder = "../../../../../plugins";
const sources = import.meta.glob<string>("../../../../../plugins/*.py", {
  query: "?raw",
  import: "default",
  eager: true,
});
const about = import.meta.glob<About>("../../../../../plugins/*.json", { import: "default", eager: true });

export interface Template extends Draft {
  readonly label: string;
}

const blank: Template = {
  label: "A first plugin",
  name: "",
  description: "",
  input_type: "text",
  input_hint: "Paste a text",
  tags: "",
  code: `"""Says in one sentence what a text is about."""

from platform_sdk import call_ai, get_input, send_output

prompt = "Say in one sentence what this is about: " + get_input()
send_output(call_ai("llama3.2:latest", prompt))
`,
};

/** The sample plugins of this repository, and a small one to begin with. */
export const templates: readonly Template[] = [
  blank,
  ...Object.values(about).map(({ name, description, input_type, input_hint }) => ({
    ...{ name, description, input_type, input_hint },
    label: name.replaceAll("_", " "),
    tags: "",
    code: sources[`${folder}/${name}.py`] ?? "",
  })),
];

export const firstTemplate = blank;
