import { ButtonLink } from "../parts/button.js";
import { EmptyState } from "../parts/empty-state.js";
import { useTitle } from "../shell/use-title.js";

export function NotFoundPage() {
  useTitle("Not found");
  return (
    <EmptyState
      isPage
      icon="search"
      title="There is no such page"
      actions={
        <ButtonLink look="primary" href="/plugins">
          See all plugins
        </ButtonLink>
      }
    >
      The address may have been misspelt, or what was here is gone.
    </EmptyState>
  );
}
