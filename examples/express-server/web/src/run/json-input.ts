import { findJsonFault } from "./json-fault.js";

/** What is wrong with a text that should be JSON, and where, in words; nothing when it is JSON. */
export function findJsonError(text: string): string | undefined {
  if (text.trim() === "") return "The plugin expects JSON: there is nothing yet.";
  try {
    JSON.parse(text);
    return undefined;
  } catch {
    const fault = findJsonFault(text);
    if (fault === undefined) return "This is not JSON yet.";
    return `This is not JSON yet. Line ${fault.line}, column ${fault.column}: ${fault.what}.`;
  }
}

export function formatJson(text: string): string {
  return JSON.stringify(JSON.parse(text), null, 2);
}
