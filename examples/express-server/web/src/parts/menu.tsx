import { type ReactNode, type ToggleEvent, useId, useRef } from "react";
import { Button } from "./button.js";
import styles from "./menu.module.css";

/** A button that opens a small page above the others. Escape and a click elsewhere close it. */
export function Menu({
  button,
  title,
  look,
  small,
  children,
}: {
  readonly button: ReactNode;
  readonly title?: string;
  readonly look?: "plain";
  readonly small?: boolean;
  readonly children: (close: () => void) => ReactNode;
}) {
  const id = useId();
  const opener = useRef<HTMLButtonElement>(null);
  const menu = useRef<HTMLDivElement>(null);
  const place = (event: ToggleEvent) => {
    const box = opener.current?.getBoundingClientRect();
    if (event.newState !== "open" || box === undefined || menu.current === null) return;
    const { style } = menu.current;
    style.setProperty("--top", `${box.bottom + 4}px`);
    style.setProperty("--right", `${Math.max(16, document.documentElement.clientWidth - box.right)}px`);
  };
  return (
    <>
      <Button ref={opener} popoverTarget={id} look={look} small={small} title={title}>
        {button}
      </Button>
      <div ref={menu} id={id} popover="auto" className={styles.menu} onBeforeToggle={place}>
        {children(() => menu.current?.hidePopover())}
      </div>
    </>
  );
}
