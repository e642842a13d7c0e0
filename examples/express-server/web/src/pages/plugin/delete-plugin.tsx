import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useLocation } from "wouter";
import { deletePlugin } from "../../api/plugins.js";
import { Button } from "../../parts/button.js";
import { Dialog, DialogActions } from "../../parts/dialog.js";
import { Failure } from "../../parts/failure.js";
import { Icon } from "../../parts/icon.js";

export function DeletePlugin({ name }: { readonly name: string }) {
  const [isAsking, setAsking] = useState(false);
  const [, navigate] = useLocation();
  const queries = useQueryClient();
  const deletion = useMutation({
    mutationFn: () => deletePlugin(name),
    onSuccess: () => {
      navigate("/plugins");
      queries.removeQueries({ queryKey: ["plugin", name] });
      void queries.invalidateQueries({ queryKey: ["plugins"] });
    },
  });
  return (
    <>
      <Button look="danger" onClick={() => setAsking(true)}>
        <Icon name="trash" />
        Delete
      </Button>
      {isAsking && (
        <Dialog title={`Delete ${name}?`} onClose={() => setAsking(false)}>
          <p>
            All its versions and reviews go with it, and cannot be brought back. The history of its runs
            stays.
          </p>
          {deletion.error && <Failure title="It could not be deleted" error={deletion.error} />}
          <DialogActions>
            <Button onClick={() => setAsking(false)}>Keep it</Button>
            <Button look="danger" disabled={deletion.isPending} onClick={() => deletion.mutate()}>
              Delete it
            </Button>
          </DialogActions>
        </Dialog>
      )}
    </>
  );
}
