import { describe, expect, it } from "vitest";
import { createManualClock } from "../test/manual-clock.js";
import { Breaker } from "./breaker.js";

const options = { failures: 3, restMs: 100, maxRestMs: 400 };

function opened() {
  const clock = createManualClock();
  const breaker = new Breaker(clock, options);
  for (let failure = 0; failure < 3; failure++) {
    breaker.begin();
    breaker.fail();
  }
  return { clock, breaker };
}

describe("a breaker", () => {
  it("stays closed while failures do not come in a row", () => {
    const breaker = new Breaker(createManualClock(), options);
    for (const outcome of ["fail", "fail", "succeed", "fail", "fail"] as const) {
      breaker[outcome]();
    }
    expect(breaker.state).toBe("closed");
  });

  it("opens after as many failures in a row as it was told, and admits nothing while it rests", () => {
    const { breaker, clock } = opened();
    expect(breaker).toMatchObject({ state: "open", admits: false, restMs: 100 });
    clock.advance(99);
    expect(breaker.admits).toBe(false);
  });

  it("admits one trial after its rest, and no second beside it", () => {
    const { breaker, clock } = opened();
    clock.advance(100);
    expect(breaker.admits).toBe(true);
    breaker.begin();
    expect(breaker).toMatchObject({ state: "trial", admits: false });
  });

  it("closes when a trial succeeds, and has its first patience back", () => {
    const { breaker, clock } = opened();
    clock.advance(100);
    breaker.begin();
    breaker.succeed();
    expect(breaker).toMatchObject({ state: "closed", admits: true });
    breaker.fail();
    expect(breaker.state).toBe("closed");
  });

  it("rests twice as long after each failed trial, up to its limit", () => {
    const { breaker, clock } = opened();
    const rests = [];
    for (let trial = 0; trial < 4; trial++) {
      clock.advance(breaker.restMs);
      breaker.begin();
      breaker.fail();
      rests.push(breaker.restMs);
    }
    expect(rests).toEqual([200, 400, 400, 400]);
  });

  it("lets the next call be the trial when one ended without showing anything", () => {
    const { breaker, clock } = opened();
    clock.advance(100);
    breaker.begin();
    breaker.abandon();
    expect(breaker).toMatchObject({ state: "open", admits: true });
  });

  it("does not rest longer for failures of calls that were under way when it opened", () => {
    const { breaker, clock } = opened();
    clock.advance(50);
    breaker.fail();
    expect(breaker.restMs).toBe(50);
  });
});
