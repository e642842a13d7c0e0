import { expect, it } from "vitest";
import { describeServer, startServer } from "./test-server.js";

describeServer("the documentation", {}, (started) => {
  it("is OpenAPI 3.1, in which every reference leads somewhere", async () => {
    const { body } = await started().client.get("/openapi.json");
    expect(body.openapi).toBe("3.1.0");
    expect(body.info).toMatchObject({ title: "WasmForge", version: "1.2.3" });
    const references = [...JSON.stringify(body).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(
      ([, name]) => name,
    );
    expect(references.length).toBeGreaterThan(20);
    for (const name of references) expect(Object.keys(body.components.schemas)).toContain(name);
    expect(JSON.stringify(body)).not.toContain("$defs");
  });

  it("says of every operation what it does, what it takes and what can go wrong", async () => {
    const { body } = await started().client.get("/openapi.json");
    for (const [path, operations] of Object.entries(body.paths)) {
      for (const operation of Object.values(operations as Record<string, Record<string, unknown>>)) {
        expect(operation.summary).toMatch(/^[A-Z]/);
        const parameters = operation.parameters as { name: string; in: string; required: boolean }[];
        const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
        expect(parameters.filter((one) => one.in === "path").map(({ name }) => name)).toEqual(inPath);
        expect(Object.keys(operation.responses as object)).toContain("200");
      }
    }
  });

  it("describes the form of an upload as a form with a file", async () => {
    const { body } = await started().client.get("/openapi.json");
    const { schema } = body.paths["/api/plugins/upload"].post.requestBody.content["multipart/form-data"];
    expect(schema.properties.file).toMatchObject({ type: "string", format: "binary" });
    expect(schema.required).toEqual(["file"]);
  });

  it("is a page that loads nothing from other hosts", async () => {
    const { body: page } = await started().client.get("/docs");
    const loaded = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => path as string);
    expect(loaded).toHaveLength(4);
    for (const path of loaded) {
      expect(path).toMatch(/^\/docs\//);
      expect((await started().client.get(path)).status).toBe(200);
    }
  });
});

it("can be left out", async () => {
  await using started = await startServer({ API_DOCS: "off" });
  expect((await started.client.get("/docs")).status).toBe(404);
});
