import { expect, it } from "vitest";
import { formatAgo, formatBytes, formatCount, formatDuration } from "./format.js";

it.each([
  [0, "0 µs"],
  [0.1, "100 µs"],
  [2.34, "2.3 ms"],
  [999.4, "999 ms"],
  [1_500, "1.5 s"],
  [59_900, "60 s"],
  [125_000, "2 min 5 s"],
])("says %d ms as %s", (ms, said) => {
  expect(formatDuration(ms)).toBe(said);
});

it.each([
  [0, "0 B"],
  [999, "999 B"],
  [1_000, "1.0 KB"],
  [5_300_000, "5.3 MB"],
  [128_000_000, "128 MB"],
  [5e12, "5000 GB"],
])("says %d bytes as %s", (bytes, said) => {
  expect(formatBytes(bytes)).toBe(said);
});

it("counts in words", () => {
  expect(formatCount(1, "run")).toBe("1 run");
  expect(formatCount(1_200, "run")).toBe("1,200 runs");
  expect(formatCount(2, "reply", "replies")).toBe("2 replies");
});

it("says how long ago something was, also by a clock that is a little behind", () => {
  const now = Date.parse("2026-01-02T12:00:00Z");
  expect(formatAgo("2026-01-02T12:00:20Z", now)).toBe("just now");
  expect(formatAgo("2026-01-02T11:58:00Z", now)).toBe("2 minutes ago");
  expect(formatAgo("2026-01-01T12:00:00Z", now)).toBe("yesterday");
  expect(formatAgo("2024-01-01T12:00:00Z", now)).toBe("2 years ago");
});
