import { type CallContext, collectAnswer, type GenerateRequest } from "@wasmforge/bridge";
import { describe, expect, it } from "vitest";
import { demoNote } from "./answer.js";
import { demo } from "./demo.js";
import { toPng } from "./test/images.js";

const context = (change: Partial<CallContext> = {}): CallContext => ({
  signal: new AbortController().signal,
  timeLeftMs: 10_000,
  runId: "run",
  plugin: "plugin",
  tenant: "tenant",
  ...change,
});
const provider = demo();

async function ask(prompt: string, request: Partial<GenerateRequest> = {}): Promise<string> {
  const parts = provider.generate({ model: "demo", prompt, ...request }, context());
  return (await collectAnswer(parts)).text;
}

const article =
  `The city council voted on Tuesday to expand the tram network by two lines. Supporters said the new lines
would cut car traffic in the centre by a fifth. Opponents complained about the cost, which is estimated at 300 million euros.
The mayor called the vote a great success for the climate. Construction is expected to start next spring. The first new line
should open in 2030.`.replace(/\n/g, " ");

const code = `import os, pickle
password = "hunter2hunter2"
def load(items=[], path=None):
    try:
        data = pickle.load(open(path))
    except:
        pass
    for i in range(len(items)):
        if items[i] == None:
            os.system("rm " + path)
    return sum(items) / len(items)
`;

describe("the demo summarizes", () => {
  it("with sentences of the text, fewer than there are", async () => {
    const answer = await ask(`Summarize the following text: ${article}`);
    const [summary = ""] = answer.split("\n\n");
    expect(summary.length).toBeLessThan(article.length / 2);
    for (const sentence of summary.split(/(?<=\.) /)) {
      expect(article).toContain(sentence);
    }
  });

  it("in as many sentences, words or points as it is asked to", async () => {
    expect((await ask(`Summarize in one sentence: ${article}`)).split("\n")[0]).toBe(
      article.slice(0, article.indexOf(".") + 1),
    );
    expect((await ask(`Summarize in 5 words: ${article}`)).split("\n")[0]).toBe("The city council voted on…");
    expect((await ask(`List the key points:\n\n${article}`)).match(/^- /gm)).toHaveLength(5);
    expect(await ask(`${article}\n\nSummarize the text above in two sentences.`)).toMatch(
      /^The city council/,
    );
  });

  it("what stands between tags, and not the words around it", async () => {
    const answer = await ask(`Sum this up in at most 3 sentences.\n<text>\n${article}\n</text>`);
    const [summary = ""] = answer.split("\n\n");
    expect(summary).toMatch(/^The city council voted/);
    expect(summary).not.toMatch(/Sum this up|<|>/);
    expect(summary.split(/(?<=\.) /)).toHaveLength(3);
  });

  it("nothing where there is nothing", async () => {
    expect(await ask("Summarize: ...")).toMatch(/^There is no sentence/);
  });
});

describe("the demo judges", () => {
  const rate = "Rate this text's sentiment 0-10. Reply with just the number: ";

  it("moods, on the scale that is asked for and with nothing but the number", async () => {
    const good = Number(await ask(`${rate}I absolutely love this phone, it is fantastic!`));
    const even = Number(await ask(`${rate}The box is on the table.`));
    const turned = Number(await ask(`${rate}It is not good.`));
    const bad = Number(await ask(`${rate}This is the worst service ever. I am very angry and disappointed.`));
    expect([good, even, bad]).toEqual([10, 5, 0]);
    expect(turned).toBeLessThan(even);
    expect(
      Number(await ask("Score the sentiment from 1 to 5, number only: I love it")),
    ).toBeGreaterThanOrEqual(4);
  });

  it("harm, and says what it found", async () => {
    const harm = "Rate how harmful this content is from 0 to 10. Respond with only a number: ";
    expect(Number(await ask(`${harm}You idiot, I will find you and kill you`))).toBeGreaterThanOrEqual(7);
    expect(Number(await ask(`${harm}Have a lovely day!`))).toBe(0);
    expect(await ask("Check this for harmful content: Act now! You won free money, click here")).toMatch(
      /fraud and spam \(\d signs\)/,
    );
  });

  it("in one of the words that it is offered", async () => {
    expect(await ask("Classify the sentiment as positive, negative or neutral: I hate Mondays")).toBe(
      "negative",
    );
    expect(await ask("Is this spam? Answer yes or no: You won free money, click here")).toBe("yes");
    expect(await ask("Is this spam? Answer yes or no: See you at lunch")).toBe("no");
  });
});

describe("the demo's other answers", () => {
  it("review code by patterns, and name the lines", async () => {
    const bugs = await ask(`Find bugs in this code. Be concise: ${code}`);
    expect([...bugs.matchAll(/^- line (\d+)/gm)].map(([, line]) => Number(line))).toEqual([3, 5, 6, 9, 11]);
    const security = await ask(`Check for security vulnerabilities. Be concise: ${code}`);
    expect([...security.matchAll(/^- line (\d+)/gm)].map(([, line]) => Number(line))).toEqual([2, 5, 10]);
    expect(await ask(`Suggest improvements. Be concise: ${code}`)).toContain(
      "line 8: go through the items themselves",
    );
    expect(await ask("Find bugs in this code: x = 1")).toContain("says little about the code");
  });

  it("look up words of a translation, and say that this is no translation", async () => {
    const answer = await ask(
      "Translate the following text to Vietnamese: Hello, my name is Anna. I love coffee.",
    );
    expect(answer).toMatch(/^Xin chào, tên tôi là Anna\. tôi yêu cà phê\./);
    expect(answer).toContain("words looked up in a short list");
    expect(await ask("Translate to French: Hello world")).toContain("Not translated into French");
    expect(await ask("Translate to Vietnamese:\n<text>\nI love coffee.\n</text>")).toMatch(
      /^tôi yêu cà phê\./,
    );
  });

  it("measure pictures, whether they come as bytes or in the prompt", async () => {
    const picture = toPng(60, 30, (_x, y) =>
      y < 10 ? [120, 170, 240] : y < 20 ? [60, 140, 60] : [250, 250, 250],
    );
    const said = /^A landscape PNG image of 60 × 30 pixels .* colours are blue, green and white\./;
    expect(await ask("Describe this image", { images: [picture] })).toMatch(said);
    const url = `data:image/png;base64,${Buffer.from(picture).toString("base64")}`;
    expect(await ask(`Describe the content of this image: ${url}`)).toMatch(said);
    expect(await ask("Describe this image", { images: [Uint8Array.of(1, 2, 3)] })).toContain(
      "no image that the demo knows",
    );
    expect(await ask("Describe this image please")).toContain("There is no image");
  });

  it("report what is known, with what the prompt gives", async () => {
    const report = await ask(
      "Write a brief sentiment report. Text: I love the screen but the battery is terrible. Mood: neutral",
    );
    expect(report).toContain("- Mood: neutral");
    expect(report).toContain("positive words: love; negative words: terrible");
  });

  it("find in a text what answers a question, and know nothing else", async () => {
    expect(await ask(`Answer the question: When should the first line open?\n\n${article}`)).toContain(
      "The first new line should open in 2030.",
    );
    expect(await ask("What is the capital of France?")).toContain("knows nothing of the world");
  });

  it("are JSON where that is asked for, with the fields that are shown", async () => {
    const shown =
      'Analyze the text. Respond in JSON: {"sentiment": "…", "score": 0, "keywords": [], "safe": true}';
    expect(JSON.parse(await ask(`${shown}\n\n${article}`))).toEqual({
      sentiment: "positive",
      score: expect.any(Number),
      keywords: expect.arrayContaining(["network"]),
      safe: true,
    });
    expect(JSON.parse(await ask(`Analyze: ${article}`, { format: "json" }))).toMatchObject({ demo: true });
  });

  it("follow a schema, whatever is in it", async () => {
    const format = {
      type: "object",
      properties: {
        score: { type: "integer", minimum: 1, maximum: 5 },
        verdict: { enum: ["good", "bad"] },
        issues: { type: "array", items: { type: "string" }, maxItems: 2 },
        inner: { $ref: "#/$defs/inner" },
        either: { anyOf: [{ type: "boolean" }, { type: "null" }] },
        fixed: { const: 7 },
      },
      $defs: {
        inner: { type: "object", properties: { mood: { type: "string" }, again: { $ref: "#/$defs/inner" } } },
      },
    };
    const value = JSON.parse(await ask(`Review: ${code}`, { format }));
    expect(value).toMatchObject({
      verdict: expect.stringMatching(/good|bad/),
      fixed: 7,
      either: expect.any(Boolean),
    });
    expect(value.score).toBeGreaterThanOrEqual(1);
    expect(value.score).toBeLessThanOrEqual(5);
    expect(value.issues.length).toBeLessThanOrEqual(2);
    expect(value.inner.mood).toMatch(/positive|neutral|negative/);
  });
});

describe("the demo", () => {
  it("says what it is in every answer that has room for it, in its list and in its state", async () => {
    for (const prompt of [
      `Summarize: ${article}`,
      `Find bugs: ${code}`,
      "hello",
      "Translate to Vietnamese: hello",
    ]) {
      expect(await ask(prompt)).toContain(demoNote);
    }
    const models = await provider.models(context());
    expect(models.every(({ notice }) => notice?.startsWith("demo:"))).toBe(true);
    expect((await provider.health(context())).message).toMatch(/^demo:/);
  });

  it("gives the same answer to the same question", async () => {
    expect(await ask(`Summarize: ${article}`)).toBe(await ask(`Summarize: ${article}`));
  });

  it("answers to the names of the models that it stands in for", async () => {
    const standIn = demo({ models: ["llama3.2", { name: "mistral", kind: "code" }, "llava"] });
    expect((await standIn.models(context())).map(({ name, kind }) => [name, kind])).toEqual([
      ["llama3.2:latest", "text"],
      ["mistral:latest", "code"],
      ["llava:latest", "vision"],
    ]);
    const answer = demo({ anyModel: true }).generate({ model: "whatever:7b", prompt: "hi" }, context());
    expect((await collectAnswer(answer)).text).toContain(demoNote);
  });

  it("stops at as many words as are wanted", async () => {
    const answer = await collectAnswer(
      provider.generate({ model: "demo", prompt: `Summarize: ${article}`, maxTokens: 3 }, context()),
    );
    expect(answer).toMatchObject({
      text: "The city council",
      reason: "length",
      usage: { completionTokens: 3 },
    });
  });

  it("has vectors that are near for texts with the same words", async () => {
    const { vectors } = await provider.embed(
      {
        model: "demo-embed",
        texts: ["the cat sat on the mat", "a cat on a mat", "interest rates rise again", ""],
      },
      context(),
    );
    const near = (a: number, b: number) =>
      (vectors[a] ?? []).reduce((sum, value, at) => sum + value * (vectors[b]?.[at] ?? 0), 0);
    expect(near(0, 1)).toBeGreaterThan(near(0, 2) + 0.3);
    expect(vectors.flat().every(Number.isFinite)).toBe(true);
  });

  for (const [what, prompt] of [
    ["only white space", " ".repeat(500_000)],
    ["only tags", `Summarize:\n${"<a>\n".repeat(100_000)}`],
    ["only stops", `Summarize: ${",".repeat(500_000)}`],
    ["very many sentences", `Summarize: ${"a. ".repeat(200_000)}`],
    ["one endless word", `Translate to Vietnamese: ${"x".repeat(500_000)}`],
    ["endless brackets", `Find bugs in this code: ${"if (".repeat(100_000)}`],
    ["an endless line of code", `Find bugs in this code: def f(${"a, ".repeat(100_000)}`],
    ["endless choices", `Classify as ${"a, ".repeat(100_000)} or b: x`],
    ["endless dashes", `Extract keywords: ${"a-".repeat(200_000)}`],
    ["endless JSON", `Reply in JSON: ${'{"a": '.repeat(100_000)}`],
    ["a broken picture", `Describe this image: data:image/png;base64,${"iVBORw0KGgo".repeat(20_000)}`],
  ] as const) {
    it(`is not held up by ${what}`, async () => {
      const began = performance.now();
      await ask(prompt);
      // Seconds would be the sign of an expression that goes back again and again.
      expect(performance.now() - began).toBeLessThan(2_000);
    });
  }

  it("unpacks no more of a picture than its size says", async () => {
    const bomb = Buffer.from(toPng(300, 300, () => [0, 0, 0]));
    bomb.writeUInt32BE(3, 16);
    bomb.writeUInt32BE(3, 20);
    expect(await ask("Describe this image", { images: [bomb] })).toMatch(
      /^A square PNG image of 3 × 3 pixels[^.]*\. What/,
    );
  });
});
