import { type ReactNode, type ToggleEvent, useCallback, useEffect, useId, useRef } from "react";
import { Button } from "./button.js";
import styles from "./menu.module.css";

const leastGap = 16;

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
  const place = useCallback(() => {
    const box = opener.current?.getBoundingClientRect();
    if (box === undefined || menu.current === null) return;
    const { style } = menu.current;
    // It grows to the side where there is room, from the button's edge.
    const whole = document.documentElement.clientWidth;
    const isLeft = box.left + box.right < whole;
    style.setProperty("--top", `${box.bottom + 4}px`);
    style.setProperty("--edge", `${isLeft ? box.left : box.right}px`);
    style.setProperty("--shift", isLeft ? "0" : "-100%");
    style.setProperty("--room", `${(isLeft ? whole - box.left : box.right) - leastGap}px`);
  }, []);
  useEffect(() => () => removeEventListener("resize", place), [place]);
  const onBeforeToggle = ({ newState }: ToggleEvent) => {
    if (newState === "open") {
      place();
      addEventListener("resize", place);
    } else {
      removeEventListener("resize", place);
    }
  };
  return (
    <>
      <Button ref={opener} popoverTarget={id} look={look} small={small} title={title}>
        {button}
      </Button>
      <div ref={menu} id={id} popover="auto" className={styles.menu} onBeforeToggle={onBeforeToggle}>
        {children(() => menu.current?.hidePopover())}
      </div>
    </>
  );
}
