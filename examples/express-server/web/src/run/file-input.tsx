import { type DragEvent, useId, useState } from "react";
import { Button } from "../parts/button.js";
import { Icon } from "../parts/icon.js";
import { ScrollArea } from "../parts/scroll-area.js";
import { formatBytes } from "../text/format.js";
import { type ReadFile, readFile } from "./read-file.js";
import styles from "./run-input.module.css";

const previewChars = 4_000;

export function FileInput({
  hint,
  file,
  onChange,
  error,
}: {
  readonly hint: string;
  readonly file: ReadFile | undefined;
  readonly onChange: (file: ReadFile | undefined) => void;
  readonly error: string | undefined;
}) {
  const id = useId();
  const [unreadable, setUnreadable] = useState(false);
  const take = async (chosen: File | undefined) => {
    if (chosen === undefined) return;
    setUnreadable(false);
    await readFile(chosen).then(onChange, () => setUnreadable(true));
  };
  const problem = unreadable ? "This file could not be read. Choose it again." : file && error;
  return (
    <div className={styles.input}>
      <p className={styles.label} id={`${id}label`}>
        Input (a file)
      </p>
      {file === undefined ? (
        <DropZone labelledBy={`${id}label`} hint={hint} onFile={take} />
      ) : (
        <Chosen file={file} onRemove={() => onChange(undefined)} />
      )}
      {problem && <p role="alert">{problem}</p>}
    </div>
  );
}

function DropZone({
  labelledBy,
  hint,
  onFile,
}: {
  readonly labelledBy: string;
  readonly hint: string;
  readonly onFile: (file: File | undefined) => void;
}) {
  const [isOver, setOver] = useState(false);
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    onFile(event.dataTransfer.files[0]);
  };
  return (
    <label
      className={styles.drop}
      data-over={isOver}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      <Icon name="file" size={26} />
      <span>
        <span className={styles.choose}>Choose a file</span> or drop it here
      </span>
      {hint !== "" && <span>{hint}</span>}
      <input
        className="visually-hidden"
        type="file"
        aria-labelledby={labelledBy}
        onChange={(event) => onFile(event.target.files?.[0])}
      />
    </label>
  );
}

function Chosen({ file, onRemove }: { readonly file: ReadFile; readonly onRemove: () => void }) {
  return (
    <div className={styles.file}>
      <div className={styles.fileHead}>
        <Icon name={file.kind === "image" ? "image" : "file"} />
        <p className={styles.fileName}>
          {file.name} <span>{formatBytes(file.bytes)}</span>
        </p>
        <Button small look="plain" onClick={onRemove}>
          Choose another
        </Button>
      </div>
      {file.kind === "image" && (
        <img className={styles.image} src={file.input} alt="What the plugin will see" />
      )}
      {file.kind === "text" && (
        <ScrollArea className={styles.preview} label="The beginning of the file">
          <pre>{file.input.slice(0, previewChars)}</pre>
        </ScrollArea>
      )}
      {file.kind === "other" && <p>This is neither a picture nor text: the plugin gets it as a data URL.</p>}
    </div>
  );
}
