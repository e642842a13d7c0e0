import type { InputType } from "../api/shapes.js";
import { Button } from "../parts/button.js";
import { TextArea } from "../parts/field.js";
import { formatBytes } from "../text/format.js";
import { FileInput } from "./file-input.js";
import { findJsonError, formatJson } from "./json-input.js";
import type { ReadFile } from "./read-file.js";
import styles from "./run-input.module.css";

/** What somebody has prepared for a run, whatever its kind. */
export interface Prepared {
  readonly text: string;
  readonly file: ReadFile | undefined;
}

export const nothingPrepared: Prepared = { text: "", file: undefined };

export function toInput(type: InputType, { text, file }: Prepared): { input: string; fileName?: string } {
  if (type !== "file") return { input: text };
  return file === undefined ? { input: "" } : { input: file.input, fileName: file.name };
}

/** Why a run cannot begin with this yet. */
export function findInputError(
  type: InputType,
  { text, file }: Prepared,
  maxBytes: number,
): string | undefined {
  if (type === "json") return findJsonError(text);
  if (type === "file" && file === undefined) return "Choose a file first.";
  const bytes = new Blob([type === "file" ? (file?.input ?? "") : text]).size;
  return bytes > maxBytes
    ? `This is ${formatBytes(bytes)} for the plugin, and a run takes ${formatBytes(maxBytes)}.`
    : undefined;
}

export function RunInput({
  type,
  hint,
  prepared,
  onChange,
  error,
}: {
  readonly type: InputType;
  readonly hint: string;
  readonly prepared: Prepared;
  readonly onChange: (prepared: Prepared) => void;
  /** Shown once somebody has begun. */
  readonly error: string | undefined;
}) {
  if (type === "file") {
    return (
      <FileInput
        hint={hint}
        file={prepared.file}
        onChange={(file) => onChange({ ...prepared, file })}
        error={error}
      />
    );
  }
  const onText = (text: string) => onChange({ ...prepared, text });
  return type === "text" ? (
    <TextArea
      label="Input"
      placeholder={hint}
      rows={7}
      value={prepared.text}
      onChange={(event) => onText(event.target.value)}
      error={error}
    />
  ) : (
    <JsonInput hint={hint} text={prepared.text} onText={onText} error={error} />
  );
}

function JsonInput({
  hint,
  text,
  onText,
  error,
}: {
  readonly hint: string;
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly error: string | undefined;
}) {
  const isGood = findJsonError(text) === undefined;
  const hasExample = findJsonError(hint) === undefined;
  return (
    <div className={styles.input}>
      <TextArea
        label="Input (JSON)"
        code
        rows={8}
        spellCheck={false}
        placeholder={hasExample ? "" : hint}
        value={text}
        onChange={(event) => onText(event.target.value)}
        error={text === "" ? undefined : error}
        hint={
          isGood
            ? "This is valid JSON."
            : hasExample && text === ""
              ? "The plugin comes with an example."
              : undefined
        }
      />
      <div className={styles.bar}>
        {hasExample && (
          <Button small onClick={() => onText(formatJson(hint))}>
            Use the example
          </Button>
        )}
        <Button small disabled={!isGood} onClick={() => onText(formatJson(text))}>
          Tidy up
        </Button>
      </div>
    </div>
  );
}
