import { useEffect, useState } from "react";

const stepMs = 100;

/** The page's clock, as long as somebody wants it to go on. */
export function useNow(isGoing: boolean): number {
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    if (!isGoing) return;
    const timer = setInterval(() => setNow(performance.now()), stepMs);
    return () => clearInterval(timer);
  }, [isGoing]);
  return now;
}
