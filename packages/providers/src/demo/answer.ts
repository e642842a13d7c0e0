import type { GenerateRequest } from "@wasmforge/bridge";
import { toText } from "./answer-text.js";
import { readInstruction } from "./instruction.js";
import { fillFields, fillSchema } from "./json-answer.js";
import { Reading } from "./reading.js";
import { describeImages } from "./tasks/describe-image.js";

/** Where there is room for it, every answer says what it is. */
export const demoNote = "(Demo answer: made by simple rules, without an AI model.)";

const mostImages = 8;
const mostImageChars = 30_000_000;

/** The same request gets the same answer. */
export async function toAnswer({ prompt, system, images = [], format }: GenerateRequest): Promise<string> {
  const instruction = readInstruction(prompt, system, images.length > 0);
  const reading = new Reading(instruction);
  if (format !== undefined && format !== "json") {
    return JSON.stringify(fillSchema(format, reading));
  }
  const { form, task } = instruction;
  const pictures = images.length > 0 ? images : imagesIn(prompt);
  const description = task.kind === "image" ? await describeImages(pictures.slice(0, mostImages)) : undefined;
  if (format === "json" || form.json !== undefined) {
    return JSON.stringify(fillFields(form.json ?? [], reading, description));
  }
  if (form.onlyNumber && description === undefined) {
    return String(reading.number());
  }
  if (form.choices.length > 1 && description === undefined) {
    return reading.choose(form.choices);
  }
  return `${description ?? toText(instruction, reading)}\n\n${demoNote}`;
}

function imagesIn(prompt: string): readonly Uint8Array[] {
  const found = prompt
    .slice(0, mostImageChars)
    .matchAll(/data:image\/[a-z+.-]{1,20};base64,([A-Za-z0-9+/]+={0,2})/g);
  return [...found].slice(0, mostImages).flatMap(([, data = ""]) => {
    try {
      return Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
    } catch {
      return [];
    }
  });
}
