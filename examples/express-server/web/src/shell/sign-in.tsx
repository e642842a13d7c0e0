import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { whoHas } from "../api/access.js";
import { toApiError } from "../api/api-error.js";
import { keepToken } from "../api/token.js";
import { Button } from "../parts/button.js";
import { Dialog, DialogActions } from "../parts/dialog.js";
import { TextField } from "../parts/field.js";
import { closeSignIn } from "./sign-in-state.js";

export function SignIn() {
  const [token, setToken] = useState("");
  const signIn = useMutation({
    mutationFn: whoHas,
    onSuccess: (_, kept) => {
      keepToken(kept);
      closeSignIn();
    },
  });
  return (
    <Dialog title="Sign in" onClose={closeSignIn}>
      <p>
        This server knows people by their tokens. Whoever runs it gives you one. It is kept in this browser
        until you sign out.
      </p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          signIn.mutate(token.trim());
        }}
      >
        <TextField
          label="Token"
          type="password"
          autoComplete="current-password"
          autoFocus
          required
          value={token}
          onChange={(event) => setToken(event.target.value)}
          error={signIn.error ? toApiError(signIn.error).message : undefined}
        />
        <DialogActions>
          <Button onClick={closeSignIn}>Cancel</Button>
          <Button type="submit" look="primary" disabled={token.trim() === "" || signIn.isPending}>
            Sign in
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
