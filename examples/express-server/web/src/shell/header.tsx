import { Link, useLocation } from "wouter";
import { Icon, type IconName } from "../parts/icon.js";
import styles from "./header.module.css";
import { ThemeSwitch } from "./theme-switch.js";
import { UserMenu } from "./user-menu.js";

const pages: readonly { readonly href: string; readonly label: string; readonly icon: IconName }[] = [
  { href: "/plugins", label: "Plugins", icon: "market" },
  { href: "/build", label: "Build", icon: "build" },
  { href: "/models", label: "Models", icon: "models" },
  { href: "/activity", label: "Activity", icon: "pulse" },
];

export function Header() {
  const [path] = useLocation();
  return (
    <header className={styles.header}>
      <div className={styles.inside}>
        <Link href="/" className={styles.brand}>
          <img src="/icon.svg" alt="" width="26" height="26" />
          WasmForge
        </Link>
        <nav className={styles.pages} aria-label="Pages">
          {pages.map(({ href, label, icon }) => (
            <Link
              key={href}
              href={href}
              className={styles.page}
              {...(isWithin(path, href) && { "aria-current": "page" as const })}
            >
              <Icon name={icon} />
              {label}
            </Link>
          ))}
        </nav>
        <div className={styles.tools}>
          <ThemeSwitch />
          <UserMenu />
        </div>
      </div>
    </header>
  );
}

function isWithin(path: string, href: string): boolean {
  return path === href || path.startsWith(`${href}/`);
}
