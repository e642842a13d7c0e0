import type { Page } from "playwright-core";

/** Waits until a page says so, in a way that is read out, too. */
export async function findNotice(page: Page, title: string, says: RegExp): Promise<void> {
  const main = page.getByRole("main");
  const notice = main.getByRole("alert").or(main.getByRole("status"));
  await notice.filter({ hasText: title }).filter({ hasText: says }).waitFor();
}
