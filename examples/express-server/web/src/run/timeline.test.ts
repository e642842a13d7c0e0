import { expect, it } from "vitest";
import { layOutTimeline } from "./timeline.js";

it("places a run after its wait, and calls within the run", () => {
  const { totalMs, queue, run, calls } = layOutTimeline({ queueMs: 20, wallMs: 80 }, [
    { at_ms: 10, duration_ms: 30 },
    { at_ms: 50, duration_ms: 30 },
  ]);
  expect(totalMs).toBe(100);
  expect([queue, run, ...calls.map(({ span }) => span)]).toEqual([
    { from: 0, to: 0.2 },
    { from: 0.2, to: 1 },
    { from: 0.3, to: 0.6 },
    { from: 0.7, to: 1 },
  ]);
});

it("lets what is still going on reach to the end", () => {
  expect(layOutTimeline({ queueMs: 0, wallMs: 100 }, [{ at_ms: 40 }]).calls[0]?.span).toEqual({
    from: 0.4,
    to: 1,
  });
});

it("draws nothing outside of its line, and nothing too small to be seen", () => {
  const odd = [{ at_ms: 500, duration_ms: 500 }, { at_ms: -5, duration_ms: 0 }, { at_ms: 50 }];
  for (const wallMs of [0, 100]) {
    for (const { span } of layOutTimeline({ queueMs: 0, wallMs }, odd).calls) {
      expect(span.from).toBeGreaterThanOrEqual(0);
      expect(span.to).toBeLessThanOrEqual(1);
      expect(span.to - span.from).toBeGreaterThan(0.003);
    }
  }
});
