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
  const copy = async () => {
    try {
      // Browsers have none on pages that came over plain HTTP from another machine.
      await navigator.clipboard.writeText(text);
      setSaid("copied");
    } catch {
      setSaid("failed");
    }
  };
  return (
    <Button small look="plain" onClick={copy}>
      <Icon name={said === "copied" ? "check" : "copy"} size={16} />
      <span aria-live="polite">
        {said === undefined ? label : said === "copied" ? "Copied" : "Not allowed"}
      </span>
    </Button>
  );
}
