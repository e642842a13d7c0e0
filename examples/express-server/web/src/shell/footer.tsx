import { useQuery } from "@tanstack/react-query";
import { serverQuery } from "../api/access.js";
import styles from "./footer.module.css";

export function Footer() {
  const { data } = useQuery(serverQuery);
  return (
    <footer className={styles.footer}>
      <p>
        WasmForge{data && ` ${data.version}`}
        {data && ` · ${data.runtime} interpreter`}
      </p>
      <p>
        <a href="/docs">API</a>
      </p>
    </footer>
  );
}
