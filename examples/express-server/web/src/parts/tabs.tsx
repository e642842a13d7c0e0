import { type KeyboardEvent, type ReactNode, useId } from "react";
import styles from "./tabs.module.css";

export interface Tab<Name extends string> {
  readonly name: Name;
  readonly label: ReactNode;
}

/** Arrow keys go from tab to tab, as people who use a keyboard know it from elsewhere. */
export function Tabs<Name extends string>({
  label,
  tabs,
  current,
  onSelect,
  children,
  className,
}: {
  readonly label: string;
  readonly tabs: readonly Tab<Name>[];
  readonly current: Name;
  readonly onSelect: (name: Name) => void;
  readonly children: ReactNode;
  readonly className?: string | undefined;
}) {
  const id = useId();
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const to = toTab(event.key, tabs, current);
    if (to === undefined) return;
    event.preventDefault();
    onSelect(to);
    document.getElementById(`${id}${to}`)?.focus();
  };
  return (
    <div className={className}>
      <div className={styles.tabs} role="tablist" aria-label={label} onKeyDown={onKeyDown}>
        {tabs.map((tab) => (
          <button
            key={tab.name}
            type="button"
            role="tab"
            id={`${id}${tab.name}`}
            className={styles.tab}
            aria-selected={tab.name === current}
            aria-controls={`${id}panel`}
            tabIndex={tab.name === current ? 0 : -1}
            onClick={() => onSelect(tab.name)}
          >
            {tab.label}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}panel`} aria-labelledby={`${id}${current}`}>
        {children}
      </div>
    </div>
  );
}

function toTab<Name extends string>(
  key: string,
  tabs: readonly Tab<Name>[],
  current: Name,
): Name | undefined {
  const at = tabs.findIndex(({ name }) => name === current);
  const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[key];
  return to === undefined ? undefined : tabs[(to + tabs.length) % tabs.length]?.name;
}
