import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { copyEmbedded } from "./databases.js";
import { buildServer, startProcess } from "./server-process.js";

interface Span {
  readonly name: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly traceId: string;
}

/** A collector of OpenTelemetry's, as far as it matters: it takes JSON. */
async function createCollector() {
  const spans: Span[] = [];
  const meters: string[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = JSON.parse(Buffer.concat(chunks).toString());
    if (request.url === "/v1/traces") {
      for (const resource of body.resourceSpans)
        for (const scope of resource.scopeSpans) spans.push(...scope.spans);
    } else {
      for (const resource of body.resourceMetrics) {
        for (const scope of resource.scopeMetrics)
          meters.push(...scope.metrics.map(({ name }: { name: string }) => name));
      }
    }
    response.setHeader("content-type", "application/json");
    response.end("{}");
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return { spans, meters, url: `http://127.0.0.1:${port}`, close: () => server.close() };
}

it("a run is part of its request's trace, and that of the caller's", { timeout: 120_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), "telemetry-"));
  await copyEmbedded(folder);
  const { main, remove } = await buildServer();
  const collector = await createCollector();
  try {
    const server = await startProcess(main, {
      DATA_DIR: folder,
      DEMO_MODELS: "on",
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    });
    const form = new FormData();
    form.append("file", new File(["print(1)"], "a.py"));
    await fetch(`${server.url}/api/plugins/upload`, { method: "POST", body: form });
    const traceId = "0af7651916cd43dd8448eb211c80319c";
    const headers = { traceparent: `00-${traceId}-b7ad6b7169203331-01` };
    const body = new URLSearchParams({ plugin_name: "a" });
    const answer = await fetch(`${server.url}/api/plugins/run`, { method: "POST", body, headers });
    expect(answer.status).toBe(200);
    expect(await server.kill("SIGTERM")).toBe(0);

    const ofCaller = collector.spans.filter((span) => span.traceId === traceId);
    const request = ofCaller.find(({ name }) => name === "POST /api/plugins/run");
    expect(request).toMatchObject({ parentSpanId: "b7ad6b7169203331" });
    expect(ofCaller.filter(({ parentSpanId }) => parentSpanId === request?.spanId)).toHaveLength(1);
    expect(collector.meters.length).toBeGreaterThan(0);
  } finally {
    collector.close();
    remove();
    rmSync(folder, { recursive: true, force: true });
  }
});
