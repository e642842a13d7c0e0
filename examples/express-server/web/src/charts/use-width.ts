import { type RefObject, useEffect, useRef, useState } from "react";

/** How wide an element is, in pixels, now and whenever it changes. */
export function useWidth<Place extends Element>(
  atFirst: number,
): { readonly place: RefObject<Place | null>; readonly width: number } {
  const place = useRef<Place>(null);
  const [width, setWidth] = useState(atFirst);
  useEffect(() => {
    if (place.current === null) return;
    const observer = new ResizeObserver(([entry]) => {
      if (entry && entry.contentRect.width > 0) setWidth(Math.round(entry.contentRect.width));
    });
    observer.observe(place.current);
    return () => observer.disconnect();
  }, []);
  return { place, width };
}
