import { Link } from "wouter";
import type { Plugin } from "../../api/shapes.js";
import { Ago } from "../../parts/ago.js";
import { InputKind } from "../../parts/input-kind.js";
import { Stars } from "../../parts/stars.js";
import { Tag } from "../../parts/tag.js";
import { formatCount } from "../../text/format.js";
import styles from "./plugin-card.module.css";

export function PluginCard({ plugin }: { readonly plugin: Plugin }) {
  return (
    <li className={styles.card}>
      <h2 className={styles.name}>
        <Link href={`/plugins/${encodeURIComponent(plugin.name)}`}>{plugin.name}</Link>
      </h2>
      <p className={styles.description}>{plugin.description || "Its publisher has not said what it does."}</p>
      <p className={styles.tags}>
        <InputKind type={plugin.input_type} />
        {plugin.tags.slice(0, 4).map((tag) => (
          <Tag key={tag}>{tag}</Tag>
        ))}
      </p>
      <p className={styles.facts}>
        <Stars rating={plugin.rating} count={plugin.reviews} />
        <span>{formatCount(plugin.runs, "run")}</span>
        <span>
          <Ago moment={plugin.updated_at} />
        </span>
      </p>
    </li>
  );
}
