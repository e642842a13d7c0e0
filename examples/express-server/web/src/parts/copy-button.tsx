import { useEffect, useState } from "react";
import { Button } from "./button.js";
import { Icon } from "./icon.js";

const shownMs = 1_500;

export function CopyButton({ text, label = "Copy" }: { readonly text: string; readonly label?: string }) {
  const [said, setSaid] = useState<"copied" | "failed">();
  useEffect(() => {
    if (said === undefined) return;
    const timer = setTimeout(() => setSaid(undefined), shownMs);
    return () => clearTimeout(timer);
  }, [said]);
  const copy = () =>
    navigator.clipboard.writeText(text).then(
      () => setSaid("copied"),
      () => setSaid("failed"),
    );
  return (
    <Button small look="plain" onClick={copy}>
      <Icon name={said === "copied" ? "check" : "copy"} size={16} />
      <span aria-live="polite">
        {said === undefined ? label : said === "copied" ? "Copied" : "Not allowed"}
      </span>
    </Button>
  );
}
