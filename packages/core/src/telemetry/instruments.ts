import { type Counter, createNoopMeter, type Histogram, type MeterProvider } from "@opentelemetry/api";
import { libraryName } from "./names.js";

export interface Instruments {
  readonly runDuration: Histogram;
  readonly runQueue: Histogram;
  readonly runCompute: Histogram;
  readonly runMemory: Histogram;
  readonly denials: Counter;
  readonly callDuration: Histogram;
  readonly tokens: Histogram;
}

/** Nothing where nobody would collect what is measured. */
export function createInstruments(provider: MeterProvider): Instruments | undefined {
  const meter = provider.getMeter(libraryName);
  if (meter === createNoopMeter()) return undefined;
  const seconds = (name: string, description: string) =>
    meter.createHistogram(name, { unit: "s", description });
  return {
    runDuration: seconds("wasmforge.run.duration", "Runs, from the start of the guest to its end"),
    runQueue: seconds("wasmforge.run.queue.duration", "How long runs waited for a seat"),
    runCompute: seconds(
      "wasmforge.run.compute.duration",
      "The guest's own time, without waiting for answers",
    ),
    runMemory: meter.createHistogram("wasmforge.run.memory.peak", {
      unit: "By",
      description: "The largest that the guest's memory was",
    }),
    denials: meter.createCounter("wasmforge.calls.denied", {
      unit: "{call}",
      description: "Calls of plugins that were refused",
    }),
    callDuration: seconds("gen_ai.client.operation.duration", "Calls of models and tools"),
    tokens: meter.createHistogram("gen_ai.client.token.usage", {
      unit: "{token}",
      description: "Tokens of prompts and of answers",
    }),
  };
}
