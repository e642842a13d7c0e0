import styles from "./figures.module.css";

/** A few numbers that matter, large. */
export function Figures({
  label,
  figures,
}: {
  readonly label: string;
  readonly figures: readonly { readonly name: string; readonly value: string }[];
}) {
  return (
    <dl className={styles.figures} aria-label={label}>
      {figures.map(({ name, value }) => (
        <div key={name} className={styles.figure}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
