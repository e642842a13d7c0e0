import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { deleteReview, reviewPlugin, reviewsQuery } from "../../api/plugins.js";
import type { Plugin, Review } from "../../api/shapes.js";
import { Ago } from "../../parts/ago.js";
import { Button } from "../../parts/button.js";
import { EmptyState } from "../../parts/empty-state.js";
import { Failure } from "../../parts/failure.js";
import { TextArea } from "../../parts/field.js";
import { Placeholder } from "../../parts/placeholder.js";
import { StarChoice, Stars } from "../../parts/stars.js";
import { openSignIn } from "../../shell/sign-in-state.js";
import { useMe } from "../../shell/use-me.js";
import styles from "./reviews.module.css";

const pageSize = 30;
const most = 100;

export function Reviews({ plugin: { name, reviews: count } }: { readonly plugin: Plugin }) {
  const [limit, setLimit] = useState(pageSize);
  const { data: reviews, error, refetch } = useQuery(reviewsQuery(name, limit));
  if (reviews === undefined) {
    return error ? (
      <Failure title="The reviews could not be loaded" error={error} onRetry={() => void refetch()} />
    ) : (
      <Placeholder what="reviews" />
    );
  }
  const mine = reviews.find((review) => review.mine);
  return (
    <div className={styles.page}>
      <Own key={mine?.updated_at ?? ""} name={name} mine={mine} />
      {reviews.length === 0 ? (
        <EmptyState icon="text" title="No reviews yet">
          Whoever has run it can say what he thinks of it.
        </EmptyState>
      ) : (
        <div className={styles.list}>
          <ul className={styles.list}>
            {reviews.map((review) => (
              <Shown key={review.author} review={review} />
            ))}
          </ul>
          {reviews.length < Math.min(count, most) && (
            <Button onClick={() => setLimit(most)}>Show more</Button>
          )}
        </div>
      )}
    </div>
  );
}

function Shown({ review }: { readonly review: Review }) {
  return (
    <li className={styles.review}>
      <p className={styles.head}>
        <Stars rating={review.rating} />
        <strong>{review.author}</strong>
        <Ago moment={review.updated_at} />
      </p>
      {review.text !== "" && <p className={styles.text}>{review.text}</p>}
    </li>
  );
}

function Own({ name, mine }: { readonly name: string; readonly mine: Review | undefined }) {
  const { me, can } = useMe();
  const queries = useQueryClient();
  const [rating, setRating] = useState(mine?.rating ?? 0);
  const [text, setText] = useState(mine?.text ?? "");
  const onSuccess = async () => {
    await queries.invalidateQueries({ queryKey: ["plugin", name] });
    await queries.invalidateQueries({ queryKey: ["plugins"] });
  };
  const saying = useMutation({ mutationFn: () => reviewPlugin(name, { rating, text }), onSuccess });
  const deletion = useMutation({ mutationFn: (author: string) => deleteReview(name, author), onSuccess });
  if (me?.user === null || !can("run")) {
    return (
      <p className={styles.own}>
        Reviews are somebody’s.{" "}
        <Button small onClick={openSignIn}>
          Sign in
        </Button>
      </p>
    );
  }
  const error = saying.error ?? deletion.error;
  return (
    <form
      className={styles.own}
      onSubmit={(event) => {
        event.preventDefault();
        saying.mutate();
      }}
    >
      <h2>{mine ? "Your review" : "What do you think of it?"}</h2>
      <StarChoice value={rating} onChange={setRating} />
      <TextArea
        label="In words"
        rows={3}
        maxLength={2_000}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {error && <Failure title="That did not work" error={error} />}
      <div className={styles.actions}>
        <Button type="submit" look="primary" disabled={rating === 0 || saying.isPending}>
          {mine ? "Change it" : "Publish"}
        </Button>
        {mine && (
          <Button look="danger" disabled={deletion.isPending} onClick={() => deletion.mutate(mine.author)}>
            Take it back
          </Button>
        )}
      </div>
      {rating === 0 && <p className={styles.hint}>Choose one to five stars first.</p>}
    </form>
  );
}
