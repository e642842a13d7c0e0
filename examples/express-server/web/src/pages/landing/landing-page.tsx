import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { modelsQuery } from "../../api/models.js";
import { Button, ButtonLink } from "../../parts/button.js";
import { TextField } from "../../parts/field.js";
import { Icon } from "../../parts/icon.js";
import { PythonCode } from "../../parts/python-code.js";
import { Tabs } from "../../parts/tabs.js";
import { RunResult } from "../../run/run-result.js";
import { useRun } from "../../run/use-run.js";
import { useTitle } from "../../shell/use-title.js";
import { DemoNote } from "../models/demo-note.js";
import { examples } from "./examples.js";
import styles from "./landing-page.module.css";

const promises = [
  {
    icon: "play",
    title: "A fresh Python for every run",
    text: "made in a fraction of a millisecond, and thrown away",
  },
  {
    icon: "close",
    title: "No files, network or processes",
    text: "time, memory and output have hard limits",
  },
  {
    icon: "check",
    title: "One door out",
    text: "every call of a model is checked, counted and written down",
  },
] as const;

export function LandingPage() {
  useTitle(undefined);
  return (
    <div className={styles.page}>
      <section className={styles.intro}>
        <h1 className={styles.title}>Run Python from people you don’t trust.</h1>
        <p className={styles.lead}>
          Write a plugin in the browser, share it, and run it on anything. It can think with the models of
          this server, and touch nothing else.
        </p>
        <div className={styles.actions}>
          <ButtonLink look="primary" href="/build">
            <Icon name="build" />
            Build a plugin
          </ButtonLink>
          <ButtonLink href="/plugins">Browse plugins</ButtonLink>
        </div>
        <ul className={styles.promises}>
          {promises.map(({ icon, title, text }) => (
            <li key={title}>
              <Icon name={icon} />
              <p>
                <strong>{title}</strong> {text}
              </p>
            </li>
          ))}
        </ul>
      </section>
      <TryIt />
    </div>
  );
}

function TryIt() {
  const [name, setName] = useState(examples[0]?.name ?? "");
  const example = examples.find((each) => each.name === name) ?? examples[0];
  const [inputs, setInputs] = useState<Readonly<Record<string, string>>>({});
  const { data: models } = useQuery(modelsQuery);
  const run = useRun();
  if (example === undefined) return null;
  const input = inputs[name] ?? example.input;
  const select = (next: string) => {
    run.clear();
    setName(next);
  };
  return (
    <section className={styles.try} aria-label="Try it">
      <Tabs
        label="Examples"
        tabs={examples.map((each) => ({ name: each.name, label: each.label }))}
        current={name}
        onSelect={select}
      >
        <PythonCode code={example.code} label={`The example: ${example.label}`} />
        <form
          className={styles.form}
          onSubmit={(event) => {
            event.preventDefault();
            void run.start({ source: { code: example.code }, input });
          }}
        >
          {example.input !== "" && (
            <TextField
              label="Input"
              value={input}
              onChange={(event) => setInputs({ ...inputs, [name]: event.target.value })}
            />
          )}
          {run.isGoing ? (
            <Button key="cancel" look="danger" onClick={run.cancel}>
              <Icon name="stop" />
              Cancel
            </Button>
          ) : (
            <Button key="run" type="submit" look="primary">
              <Icon name="play" />
              Run it
            </Button>
          )}
        </form>
        <div className={styles.result}>
          {run.view === undefined ? (
            <p className={styles.about}>{example.about}</p>
          ) : (
            <RunResult isShort view={run.view} />
          )}
          {models?.demo && name === "ask" && <DemoNote />}
        </div>
      </Tabs>
    </section>
  );
}
