import { type ComponentProps, type ReactNode, useId } from "react";
import { classes } from "./classes.js";
import styles from "./field.module.css";

interface FieldProps {
  readonly label: string;
  readonly hint?: ReactNode;
  readonly error?: string | undefined;
}

export function TextField({ label, hint, error, className, ...props }: FieldProps & ComponentProps<"input">) {
  const { ids, described } = useDescription(hint, error);
  return (
    <Field ids={ids} {...{ label, hint, error }}>
      <input {...props} {...described} id={ids.control} className={classes(styles.control, className)} />
    </Field>
  );
}

export function TextArea({
  label,
  hint,
  error,
  code = false,
  className,
  ...props
}: FieldProps & { readonly code?: boolean } & ComponentProps<"textarea">) {
  const { ids, described } = useDescription(hint, error);
  return (
    <Field ids={ids} {...{ label, hint, error }}>
      <textarea
        {...props}
        {...described}
        id={ids.control}
        className={classes(styles.control, code && styles.code, className)}
      />
    </Field>
  );
}

export function Select({
  label,
  hint,
  children,
  ...props
}: Omit<FieldProps, "error"> & ComponentProps<"select">) {
  const { ids, described } = useDescription(hint, undefined);
  return (
    <Field ids={ids} label={label} hint={hint} error={undefined}>
      <select {...props} {...described} id={ids.control} className={styles.control}>
        {children}
      </select>
    </Field>
  );
}

type Ids = Readonly<Record<"control" | "hint" | "error", string>>;

function Field({
  ids,
  label,
  hint,
  error,
  children,
}: FieldProps & { readonly ids: Ids; readonly children: ReactNode }) {
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={ids.control}>
        {label}
      </label>
      {children}
      {error !== undefined && (
        <p className={styles.error} id={ids.error} role="alert">
          {error}
        </p>
      )}
      {hint !== undefined && (
        <p className={styles.hint} id={ids.hint}>
          {hint}
        </p>
      )}
    </div>
  );
}

function useDescription(hint: ReactNode, error: string | undefined) {
  const id = useId();
  const ids: Ids = { control: id, hint: `${id}hint`, error: `${id}error` };
  const by = classes(error !== undefined && ids.error, hint !== undefined && ids.hint);
  return { ids, described: { "aria-invalid": error !== undefined, ...(by && { "aria-describedby": by }) } };
}
