import { Link } from "wouter";
import { ApiError } from "../api/api-error.js";
import { keepToken, readToken } from "../api/token.js";
import { Button } from "../parts/button.js";
import { Icon } from "../parts/icon.js";
import { Menu } from "../parts/menu.js";
import { openSignIn } from "./sign-in-state.js";
import { useMe } from "./use-me.js";
import styles from "./user-menu.module.css";

export function UserMenu() {
  const { me, error } = useMe();
  const isRefused = error instanceof ApiError && error.status === 401;
  if (isRefused || (me !== undefined && me.user === null)) {
    return (
      <Button small onClick={openSignIn}>
        Sign in
      </Button>
    );
  }
  return me === undefined ? null : (
    <UserPages
      user={me.user ?? ""}
      isLocal={me.kind === "local"}
      isAdmin={me.permissions.includes("admin")}
    />
  );
}

function UserPages({
  user,
  isLocal,
  isAdmin,
}: {
  readonly user: string;
  readonly isLocal: boolean;
  readonly isAdmin: boolean;
}) {
  const button = (
    <>
      <Icon name="user" />
      <span className={styles.name}>{user}</span>
    </>
  );
  return (
    <Menu look="plain" small button={button} title={user}>
      {(close) => (
        <>
          <p className={styles.who}>
            {isLocal
              ? "This server is open to this machine alone: you may do everything."
              : `Signed in as ${user}`}
          </p>
          {isAdmin && (
            <Link href="/tokens" className={styles.item} onClick={close}>
              Tokens
            </Link>
          )}
          <a className={styles.item} href="/docs">
            API
          </a>
          {readToken() !== undefined && (
            <button
              type="button"
              className={styles.item}
              onClick={() => {
                close();
                keepToken(undefined);
              }}
            >
              Sign out
            </button>
          )}
        </>
      )}
    </Menu>
  );
}
