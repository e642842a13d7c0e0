// What HTTP and Express cost alone: a handler that answers a constant, of the form that a run's answer has.
import express from "express";

const app = express();
app.post("/api/plugins/run", (_request, response) => {
  response.json({ success: true, output: "hello", error: null, error_type: null });
});
const server = app.listen(0, "127.0.0.1", () => {
  const address = server.address();
  if (address !== null && typeof address === "object") process.send?.(`http://127.0.0.1:${address.port}`);
});
process.on("disconnect", () => process.exit());
