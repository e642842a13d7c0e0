import { expect, it } from "vitest";
import type { ChangeListener } from "./change-feed.js";
import { type Change, FreshCache, LocalChangeFeed } from "./index.js";

function cacheOf<V>(maxEntries = 10) {
  const feed = new LocalChangeFeed();
  const cache = new FreshCache<V>(feed, {
    maxEntries,
    keyOf: (change: Change) => ("plugin" in change ? change.plugin : undefined),
  });
  return { feed, cache };
}

it("reads once what stays the same", async () => {
  const { cache } = cacheOf<number>();
  let reads = 0;
  const read = async () => ++reads;
  expect(await Promise.all([cache.get("a", read), cache.get("a", read)])).toEqual([1, 1]);
  expect(await cache.get("a", read)).toBe(1);
});

it("reads again what was changed, and nothing else", async () => {
  const { feed, cache } = cacheOf<string>();
  await cache.get("a", async () => "old a");
  await cache.get("b", async () => "old b");
  feed.announce({ plugin: "a" });
  feed.announce({ token: "b" });
  expect(await cache.get("a", async () => "new a")).toBe("new a");
  expect(await cache.get("b", async () => "new b")).toBe("old b");
});

it("does not keep what was being read when the change came", async () => {
  const { feed, cache } = cacheOf<string>();
  const { promise, resolve } = promiseWithResolve<string>();
  const before = cache.get("a", () => promise);
  feed.announce({ plugin: "a" });
  resolve("old");
  expect(await before).toBe("old");
  expect(await cache.get("a", async () => "new")).toBe("new");
});

it("does not keep failures", async () => {
  const { cache } = cacheOf<string>();
  await expect(cache.get("a", () => Promise.reject(new Error("away")))).rejects.toThrow("away");
  expect(await cache.get("a", async () => "back")).toBe("back");
});

it("lets go of what was not used for the longest time", async () => {
  const { cache } = cacheOf<string>(2);
  const read = (key: string, value: string) => cache.get(key, async () => value);
  await read("a", "1");
  await read("b", "1");
  await read("a", "2");
  await read("c", "1");
  expect(await read("a", "3")).toBe("1");
  expect(await read("b", "3")).toBe("3");
});

it("keeps nothing while changes cannot be heard", async () => {
  const listeners: ChangeListener[] = [];
  const feed = {
    live: true,
    listen: (l: ChangeListener) => void listeners.push(l),
    announce() {},
    async close() {},
  };
  const cache = new FreshCache<string>(feed, { maxEntries: 9, keyOf: () => undefined });
  await cache.get("a", async () => "1");
  feed.live = false;
  listeners[0]?.onReset();
  expect(await cache.get("a", async () => "2")).toBe("2");
  expect(await cache.get("a", async () => "3")).toBe("3");
});

function promiseWithResolve<T>() {
  let resolve: (value: T) => void = () => {};
  const promise = new Promise<T>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
