import { useState } from "react";
import { Button } from "../../parts/button.js";
import { Dialog, DialogActions } from "../../parts/dialog.js";
import { Icon } from "../../parts/icon.js";
import { InputKind } from "../../parts/input-kind.js";
import { Menu } from "../../parts/menu.js";
import { areSame, type Draft } from "./draft.js";
import styles from "./template-menu.module.css";
import { type Template, templates } from "./templates.js";

export function TemplateMenu({
  draft,
  isChanged,
  onChoose,
}: {
  readonly draft: Draft;
  readonly isChanged: boolean;
  readonly onChoose: (template: Draft) => void;
}) {
  const [asked, setAsked] = useState<Template>();
  const choose = (template: Template, close: () => void) => {
    close();
    const isWritten = isChanged && !templates.some((each) => areSame(each, draft));
    if (isWritten) setAsked(template);
    else replace(template);
  };
  const replace = (template: Template) => {
    setAsked(undefined);
    const { label: _, ...chosen } = template;
    onChoose(chosen);
  };
  const button = (
    <>
      Templates
      <Icon name="down" size={16} />
    </>
  );
  return (
    <>
      <Menu button={button}>
        {(close) => (
          <ul>
            {templates.map((template) => (
              <li key={template.label}>
                <button type="button" className={styles.template} onClick={() => choose(template, close)}>
                  <span className={styles.label}>{template.label}</span>
                  <InputKind type={template.input_type} />
                  <span className={styles.about}>{template.description || "Asks a model about a text"}</span>
                </button>
              </li>
            ))}
          </ul>
        )}
      </Menu>
      {asked && (
        <Dialog title="Replace what you have written?" onClose={() => setAsked(undefined)}>
          <p>The template takes its place. In the editor it can be undone, with Control and Z.</p>
          <DialogActions>
            <Button onClick={() => setAsked(undefined)}>Keep mine</Button>
            <Button look="primary" onClick={() => replace(asked)}>
              Replace it
            </Button>
          </DialogActions>
        </Dialog>
      )}
    </>
  );
}
