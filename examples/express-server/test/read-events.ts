export type ServerEvent = Readonly<Record<string, unknown>> & { readonly type: string };

/** The events of a run, as they come. Throws for what is none, and for an end in the middle: nothing is passed over. */
export async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<ServerEvent, void, void> {
  let text = "";
  const decoder = new TextDecoder();
  for await (const chunk of body) {
    text += decoder.decode(chunk, { stream: true });
    const blocks = text.split("\n\n");
    text = blocks.pop() ?? "";
    for (const block of blocks) {
      const isHeartbeat = block.startsWith(":");
      if (!isHeartbeat) yield parseEvent(block);
    }
  }
  if (text !== "") throw new Error(`the events end in the middle of one: ${text}`);
}

function parseEvent(block: string): ServerEvent {
  const [, name, data] = /^event: (\w+)\ndata: ([^\r\n]*)$/.exec(block) ?? [];
  const event: ServerEvent = JSON.parse(data ?? "{}");
  if (name === undefined || event.type !== name) throw new Error(`this is no event of a run: ${block}`);
  return event;
}
