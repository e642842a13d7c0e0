/**
 * As much of OpenAI's API as servers like vLLM, llama.cpp's and LM Studio speak:
 * https://platform.openai.com/docs/api-reference/chat
 */
import { type Question, toVector } from "../fake-model.js";
import { type Exchange, sendJson } from "./exchange.js";
import type { Backend } from "./ollama.js";
import { sendStream } from "./stream.js";

type Route = (exchange: Exchange, backend: Backend) => Promise<void> | void;

export const openaiRoutes: Readonly<Record<string, Route>> = {
  "GET /v1/models": (exchange, { shelf }) =>
    sendJson(exchange, 200, {
      object: "list",
      data: shelf.all().map(({ name }) => ({
        id: name,
        object: "model",
        created: 1_770_772_287,
        owned_by: "library",
      })),
    }),
  "POST /v1/chat/completions": complete,
  "POST /v1/embeddings": embed,
};

export function toOpenaiError(status: number, message: string) {
  const type = status === 404 ? "not_found_error" : status < 500 ? "invalid_request_error" : "api_error";
  return { error: { message, type, param: null, code: null } };
}

async function complete(exchange: Exchange, { shelf, slots, answer, beforeToken }: Backend): Promise<void> {
  const { body, left } = exchange;
  const model = shelf.find(body.model);
  if (model === undefined) {
    return sendJson(exchange, 404, toOpenaiError(404, `The model \`${body.model}\` does not exist.`));
  }
  const release = await slots.take(left);
  if (release === undefined) {
    return sendJson(exchange, 503, toOpenaiError(503, "server busy"));
  }
  try {
    const question = toQuestion(model.name, body);
    const { tokens, thinking = [] } = await answer(question);
    const limit = Number(body.max_tokens ?? body.max_completion_tokens ?? tokens.length);
    const said = tokens.slice(0, limit);
    const base = {
      id: "chatcmpl-1",
      object: "chat.completion.chunk",
      created: 1_770_772_287,
      model: model.name,
    };
    const toEvent = (part: object) => `data: ${JSON.stringify({ ...base, ...part })}\n\n`;
    const toDelta = (delta: object, finish: string | null = null) =>
      toEvent({ choices: [{ index: 0, delta, finish_reason: finish }] });
    const prompt = Math.max(1, Math.ceil(question.prompt.length / 4));
    const completion = said.length + thinking.length;
    const usage = {
      prompt_tokens: prompt,
      completion_tokens: completion,
      total_tokens: prompt + completion,
    };
    const wantsUsage = (body.stream_options as { include_usage?: boolean } | undefined)?.include_usage;
    await sendStream(exchange, {
      contentType: "text/event-stream",
      pieces: [
        ...thinking.map((text) => toDelta({ reasoning_content: text })),
        ...said.map((text, index) =>
          toDelta({ ...(index === 0 ? { role: "assistant" } : {}), content: text }),
        ),
      ],
      last: [
        toDelta({}, said.length < tokens.length ? "length" : "stop"),
        wantsUsage ? toEvent({ choices: [], usage }) : "",
        "data: [DONE]\n\n",
      ].join(""),
      toErrorLine: (message) => `data: ${JSON.stringify(toOpenaiError(500, message))}\n\n`,
      hugeLineStart: 'data: {"choices":[{"delta":{"content":"',
      beforeToken: beforeToken && ((index) => beforeToken(index, question)),
    });
  } finally {
    release();
  }
}

function toQuestion(model: string, body: Exchange["body"]): Question {
  const messages = Array.isArray(body.messages) ? body.messages : [];
  const content = messages.findLast((message) => message.role === "user")?.content ?? "";
  const parts: { text?: string; image_url?: { url: string } }[] = Array.isArray(content)
    ? content
    : [{ text: String(content) }];
  return {
    model,
    prompt: parts.map(({ text = "" }) => text).join(""),
    system: messages.find((message) => message.role === "system")?.content,
    images: parts.flatMap(({ image_url }) =>
      image_url === undefined ? [] : [Buffer.from(image_url.url.replace(/^data:[^,]*,/, ""), "base64")],
    ),
    body,
  };
}

async function embed(exchange: Exchange, { shelf }: Backend): Promise<void> {
  const { body } = exchange;
  const model = shelf.find(body.model);
  if (model === undefined) {
    return sendJson(exchange, 404, toOpenaiError(404, `The model \`${body.model}\` does not exist.`));
  }
  const texts = [body.input].flat().map(String);
  const tokens = texts.reduce((sum, text) => sum + Math.max(1, Math.ceil(text.length / 4)), 0);
  sendJson(exchange, 200, {
    object: "list",
    model: model.name,
    data: texts.map((text, index) => ({
      object: "embedding",
      index,
      embedding: toVector(text, model.embeddingLength),
    })),
    usage: { prompt_tokens: tokens, total_tokens: tokens },
  });
}
