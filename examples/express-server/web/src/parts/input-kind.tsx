import type { InputType } from "../api/shapes.js";
import { Icon } from "./icon.js";
import { Tag } from "./tag.js";

const kinds = {
  text: { icon: "text", label: "text in" },
  json: { icon: "json", label: "JSON in" },
  file: { icon: "file", label: "a file in" },
} as const;

export function InputKind({ type }: { readonly type: InputType }) {
  const { icon, label } = kinds[type];
  return (
    <Tag>
      <Icon name={icon} size={14} />
      {label}
    </Tag>
  );
}
