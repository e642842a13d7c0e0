import { useId } from "react";
import styles from "./stars.module.css";

const steps = [1, 2, 3, 4, 5];

export function Stars({ rating, count }: { readonly rating: number | null; readonly count?: number }) {
  if (rating === null) return <span className={styles.stars}>No reviews yet</span>;
  const said = `Rated ${rating.toFixed(1)} of 5`;
  return (
    <span className={styles.stars}>
      <span className="visually-hidden">{said}</span>
      <span className={styles.row} aria-hidden="true">
        ★★★★★
        <span
          className={styles.filled}
          style={{ "--share": `${(rating / 5) * 100}%` } as React.CSSProperties}
        >
          ★★★★★
        </span>
      </span>
      {count !== undefined && (
        <span>
          <span aria-hidden="true">{rating.toFixed(1)} </span>({count}
          <span className="visually-hidden">{count === 1 ? " review" : " reviews"}</span>)
        </span>
      )}
    </span>
  );
}

export function StarChoice({
  value,
  onChange,
}: {
  readonly value: number;
  readonly onChange: (rating: number) => void;
}) {
  const name = useId();
  return (
    <fieldset>
      <legend className="visually-hidden">Your rating</legend>
      <span className={styles.choice}>
        {steps.map((step) => (
          <label key={step} data-filled={step <= value}>
            <input
              className="visually-hidden"
              type="radio"
              name={name}
              checked={step === value}
              onChange={() => onChange(step)}
            />
            <span aria-hidden="true">★</span>
            <span className="visually-hidden">{step === 1 ? "1 star" : `${step} stars`}</span>
          </label>
        ))}
      </span>
    </fieldset>
  );
}
