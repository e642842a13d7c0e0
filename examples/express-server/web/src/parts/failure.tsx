import { toApiError } from "../api/api-error.js";
import { openSignIn } from "../shell/sign-in-state.js";
import { Button } from "./button.js";
import { Notice } from "./notice.js";

/** Something could not be loaded or done, and what can be done about it. */
export function Failure({
  error,
  title,
  onRetry,
}: {
  readonly error: unknown;
  readonly title: string;
  readonly onRetry?: (() => void) | undefined;
}) {
  const { status, message } = toApiError(error);
  return (
    <Notice
      live
      tone="bad"
      title={title}
      actions={
        status === 401 ? (
          <Button small onClick={openSignIn}>
            Sign in
          </Button>
        ) : (
          onRetry && (
            <Button small onClick={onRetry}>
              Try again
            </Button>
          )
        )
      }
    >
      <p>{message}</p>
    </Notice>
  );
}
