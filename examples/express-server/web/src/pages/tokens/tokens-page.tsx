import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { revokeToken, tokensQuery } from "../../api/access.js";
import type { Token } from "../../api/shapes.js";
import { Ago } from "../../parts/ago.js";
import { Button } from "../../parts/button.js";
import { Dialog, DialogActions } from "../../parts/dialog.js";
import { EmptyState } from "../../parts/empty-state.js";
import { Failure } from "../../parts/failure.js";
import { PageHead } from "../../parts/page-head.js";
import { Placeholder } from "../../parts/placeholder.js";
import { Tag } from "../../parts/tag.js";
import { openSignIn } from "../../shell/sign-in-state.js";
import { useMe } from "../../shell/use-me.js";
import { useTitle } from "../../shell/use-title.js";
import { IssueToken } from "./issue-token.js";
import styles from "./tokens-page.module.css";

export function TokensPage() {
  useTitle("Tokens");
  const { can, me } = useMe();
  const { data, error, refetch } = useQuery({ ...tokensQuery, enabled: me !== undefined && can("admin") });
  const [isIssuing, setIssuing] = useState(false);
  if (me !== undefined && !can("admin")) {
    return (
      <EmptyState
        isPage
        icon="user"
        title="This is for administrators"
        {...(me.user === null && {
          actions: (
            <Button look="primary" onClick={openSignIn}>
              Sign in
            </Button>
          ),
        })}
      >
        Whoever runs this server issues tokens here.{me.user !== null && " Yours does not allow it."}
      </EmptyState>
    );
  }
  return (
    <>
      <PageHead
        title="Tokens"
        lead="By their token the server knows people and programs. Of a token’s secret only a hash is kept."
        actions={
          <Button look="primary" onClick={() => setIssuing(true)}>
            Issue a token
          </Button>
        }
      />
      {data !== undefined ? (
        <TokenTable tokens={data} />
      ) : error ? (
        <Failure title="The tokens could not be loaded" error={error} onRetry={() => void refetch()} />
      ) : (
        <Placeholder what="tokens" />
      )}
      {isIssuing && <IssueToken onClose={() => setIssuing(false)} />}
    </>
  );
}

function TokenTable({ tokens }: { readonly tokens: readonly Token[] }) {
  const [asked, setAsked] = useState<Token>();
  if (tokens.length === 0) {
    return (
      <EmptyState icon="user" title="No tokens yet">
        Issue one for each person or program that shall run or publish plugins here.
      </EmptyState>
    );
  }
  return (
    <>
      <ul className={styles.tokens}>
        {tokens.map((token) => (
          <li key={token.id} className={styles.token} data-good={isGood(token)}>
            <div>
              <p className={styles.head}>
                <strong>{token.user}</strong>
                {token.label !== "" && <span>{token.label}</span>}
                {token.scopes.map((scope) => (
                  <Tag key={scope} tone={scope === "admin" ? "warn" : undefined}>
                    {scope}
                  </Tag>
                ))}
                {!isGood(token) && <Tag tone="bad">{token.revoked_at === null ? "expired" : "revoked"}</Tag>}
              </p>
              <Facts token={token} />
            </div>
            {isGood(token) && (
              <Button small look="danger" onClick={() => setAsked(token)}>
                Revoke
              </Button>
            )}
          </li>
        ))}
      </ul>
      {asked && <Revoke token={asked} onClose={() => setAsked(undefined)} />}
    </>
  );
}

function isGood({ revoked_at, expires_at }: Token): boolean {
  return revoked_at === null && (expires_at === null || Date.parse(expires_at) > Date.now());
}

function Facts({ token }: { readonly token: Token }) {
  return (
    <p className={styles.facts}>
      <code>wf_{token.id}_…</code>
      <span>
        issued <Ago moment={token.created_at} /> by {token.created_by}
      </span>
      <span>
        {token.last_used_at === null ? (
          "never used"
        ) : (
          <>
            used <Ago moment={token.last_used_at} />
          </>
        )}
      </span>
      {token.expires_at !== null && (
        <span>
          expires <Ago moment={token.expires_at} />
        </span>
      )}
    </p>
  );
}

function Revoke({ token, onClose }: { readonly token: Token; readonly onClose: () => void }) {
  const queries = useQueryClient();
  const revoking = useMutation({
    mutationFn: () => revokeToken(token.id),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ["tokens"] });
      onClose();
    },
  });
  return (
    <Dialog title={`Revoke this token of ${token.user}?`} onClose={onClose}>
      <p>It stops working at once, and for ever. What {token.user} has published stays.</p>
      {revoking.error && <Failure title="It could not be revoked" error={revoking.error} />}
      <DialogActions>
        <Button onClick={onClose}>Keep it</Button>
        <Button look="danger" disabled={revoking.isPending} onClick={() => revoking.mutate()}>
          Revoke it
        </Button>
      </DialogActions>
    </Dialog>
  );
}
