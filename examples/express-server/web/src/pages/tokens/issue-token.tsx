import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { issueToken, type Scope, scopes } from "../../api/access.js";
import { Button } from "../../parts/button.js";
import { CopyButton } from "../../parts/copy-button.js";
import { Dialog, DialogActions } from "../../parts/dialog.js";
import { Failure } from "../../parts/failure.js";
import { Select, TextField } from "../../parts/field.js";
import styles from "./tokens-page.module.css";

const about: Readonly<Record<Scope, string>> = {
  run: "Run plugins and drafts, and review them",
  publish: "Publish plugins, and change one’s own",
  admin: "Everything, also what belongs to others",
};
const terms = [
  { days: 30, label: "30 days" },
  { days: 365, label: "a year" },
  { days: 0, label: "for ever" },
] as const;

export function IssueToken({ onClose }: { readonly onClose: () => void }) {
  const queries = useQueryClient();
  const issuing = useMutation({
    mutationFn: issueToken,
    onSuccess: () => queries.invalidateQueries({ queryKey: ["tokens"] }),
  });
  if (issuing.data !== undefined) return <Issued token={issuing.data.token} onClose={onClose} />;
  return (
    <Dialog title="Issue a token" onClose={onClose}>
      <Form isPending={issuing.isPending} error={issuing.error} onIssue={issuing.mutate} onClose={onClose} />
    </Dialog>
  );
}

function Form({
  isPending,
  error,
  onIssue,
  onClose,
}: {
  readonly isPending: boolean;
  readonly error: unknown;
  readonly onIssue: (wanted: Parameters<typeof issueToken>[0]) => void;
  readonly onClose: () => void;
}) {
  const [user, setUser] = useState("");
  const [label, setLabel] = useState("");
  const [days, setDays] = useState(365);
  const [chosen, setChosen] = useState<readonly Scope[]>(["run", "publish"]);
  const toggle = (scope: Scope) =>
    setChosen(chosen.includes(scope) ? chosen.filter((each) => each !== scope) : [...chosen, scope]);
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        onIssue({ user, label, scopes: chosen, ...(days > 0 && { days }) });
      }}
    >
      <TextField
        label="Whose it is"
        hint="Small letters, digits, dots, - and _. What one user publishes belongs to all tokens of his."
        autoFocus
        required
        pattern="[a-z0-9][a-z0-9._\-]{0,62}"
        value={user}
        onChange={(event) => setUser(event.target.value)}
      />
      <TextField
        label="What it is for"
        maxLength={100}
        value={label}
        onChange={(event) => setLabel(event.target.value)}
      />
      <fieldset className={styles.scopes}>
        <legend>What it allows</legend>
        {scopes.map((scope) => (
          <label key={scope} className={styles.scope}>
            <input type="checkbox" checked={chosen.includes(scope)} onChange={() => toggle(scope)} />
            <span>
              {scope}
              <span>{about[scope]}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <Select label="Good for" value={days} onChange={(event) => setDays(Number(event.target.value))}>
        {terms.map((term) => (
          <option key={term.days} value={term.days}>
            {term.label}
          </option>
        ))}
      </Select>
      {error ? <Failure title="It could not be issued" error={error} /> : null}
      <DialogActions>
        <Button onClick={onClose}>Cancel</Button>
        <Button type="submit" look="primary" disabled={isPending || user === "" || chosen.length === 0}>
          Issue it
        </Button>
      </DialogActions>
    </form>
  );
}

function Issued({ token, onClose }: { readonly token: string; readonly onClose: () => void }) {
  return (
    <Dialog title="Here it is" onClose={onClose}>
      <p>This is the only time that it is shown. Give it to whoever it is for.</p>
      <p>
        <code className={styles.secret}>{token}</code>
      </p>
      <DialogActions>
        <CopyButton text={token} />
        <Button look="primary" onClick={onClose}>
          Done
        </Button>
      </DialogActions>
    </Dialog>
  );
}
