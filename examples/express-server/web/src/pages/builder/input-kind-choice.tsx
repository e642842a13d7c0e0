import { useId } from "react";
import type { InputType } from "../../api/shapes.js";
import styles from "./forms.module.css";

const kinds: readonly { readonly type: InputType; readonly label: string }[] = [
  { type: "text", label: "Text" },
  { type: "json", label: "JSON" },
  { type: "file", label: "File" },
];

export function InputKindChoice({
  value,
  onChange,
}: {
  readonly value: InputType;
  readonly onChange: (type: InputType) => void;
}) {
  const name = useId();
  return (
    <fieldset className={styles.kinds}>
      <legend>Its input is</legend>
      {kinds.map(({ type, label }) => (
        <label key={type} className={styles.kind}>
          <input
            type="radio"
            className="visually-hidden"
            name={name}
            checked={type === value}
            onChange={() => onChange(type)}
          />
          {label}
        </label>
      ))}
    </fieldset>
  );
}
