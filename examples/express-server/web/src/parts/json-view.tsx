import type { ReactNode } from "react";
import { useState } from "react";
import { formatCount } from "../text/format.js";
import { Button } from "./button.js";
import styles from "./json-view.module.css";

const openDepth = 3;
const entriesAtOnce = 100;

/** A JSON value as a tree that opens and closes. Large lists come in pieces, deep values as they are opened. */
export function JsonView({ value }: { readonly value: unknown }) {
  return (
    <div className={styles.json}>
      <Value value={value} depth={0} />
    </div>
  );
}

function Value({
  name,
  value,
  depth,
}: {
  readonly name?: string;
  readonly value: unknown;
  readonly depth: number;
}) {
  const label = name === undefined ? null : <span className={styles.key}>{name}: </span>;
  if (typeof value !== "object" || value === null) {
    return (
      <div>
        {label}
        <Scalar value={value} />
      </div>
    );
  }
  return <Branch label={label} value={value} depth={depth} />;
}

function Branch({
  label,
  value,
  depth,
}: {
  readonly label: ReactNode;
  readonly value: object;
  readonly depth: number;
}) {
  const [isOpen, setOpen] = useState(depth < openDepth);
  const [shown, setShown] = useState(entriesAtOnce);
  const isList = Array.isArray(value);
  const entries = Object.entries(value);
  const size = isList ? formatCount(entries.length, "item") : formatCount(entries.length, "field");
  return (
    <details open={isOpen} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {label}
        <span className={styles.count}>{isList ? `[ ${size} ]` : `{ ${size} }`}</span>
      </summary>
      {isOpen && (
        <div className={styles.entries}>
          {entries.slice(0, shown).map(([name, each]) => (
            <Value key={name} name={name} value={each} depth={depth + 1} />
          ))}
          {entries.length > shown && (
            <Button small look="plain" onClick={() => setShown(shown + entriesAtOnce)}>
              {formatCount(entries.length - shown, "more entry", "more entries")}
            </Button>
          )}
        </div>
      )}
    </details>
  );
}

function Scalar({ value }: { readonly value: unknown }) {
  return typeof value === "string" ? (
    <span className={styles.text}>"{value}"</span>
  ) : (
    <span className={styles.other}>{String(value)}</span>
  );
}
