import { expect, it } from "vitest";
import { greet } from "./greeting.js";

const url = "http://127.0.0.1:3000";

function hear(
  demo: "auto" | "on" | "off",
  provider: "ollama" | "demo",
  reason: string,
  serverFound = new Promise<void>(() => {}),
) {
  const said: string[] = [];
  const models = { ollamaUrl: "http://ada:secret@10.0.0.20:11434", allowed: [], demo };
  greet({
    url,
    configuration: { models },
    models: { choice: { provider, reason }, serverFound },
    write: (text) => said.push(text),
  });
  return said;
}

it("ends with where the server is, alone in its line", () => {
  expect(hear("auto", "ollama", "it answers").join("")).toMatch(
    /\n {2}WasmForge is running: http:\/\/127\.0\.0\.1:3000\n$/,
  );
});

it("says who answers for models, and why", () => {
  const auto = hear("auto", "ollama", "it answers").join("");
  expect(auto).toContain("Models: Ollama at http://10.0.0.20:11434, because it answers.");
  expect(auto).not.toContain("secret");
  expect(hear("off", "ollama", "DEMO_MODELS is off").join("")).toContain("because DEMO_MODELS is off.");
  expect(hear("on", "demo", "DEMO_MODELS is on").join("")).toContain("because DEMO_MODELS is on.");
  expect(hear("auto", "demo", "cannot be reached; is it running?").join("")).toMatch(
    /until there is an Ollama at http:\/\/10\.0\.0\.20:11434\.\n {10}cannot be reached; is it running\?\n/,
  );
});

it("says when a model server has come", async () => {
  let come: () => void = () => {};
  const found = new Promise<void>((resolve) => {
    come = resolve;
  });
  const said = hear("auto", "demo", "cannot be reached", found);
  expect(said).toHaveLength(1);
  come();
  await found;
  expect(said[1]).toContain("http://10.0.0.20:11434 answers");
});

it("lets no model server write on the terminal", () => {
  expect(hear("auto", "demo", "\u001b[2Jgone\n\u202ex").join("")).toContain("\\u{1b}[2Jgone\\u{a}\\u{202e}x");
});
