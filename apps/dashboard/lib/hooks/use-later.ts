"use client";
// Parts of a page below what is seen first: their code is fetched when they come into view, at the latest when the page has long been there.
import { useEffect, useState, type RefObject } from "react";

/** Found by a search in the page, and read by a screen reader, without being scrolled to. */
const AT_LATEST_MS = 3_000;

export function useLater(place: RefObject<Element | null>): boolean {
  const [isTime, setIsTime] = useState(false);
  useEffect(() => {
    const begin = (): void => {
      setIsTime(true);
    };
    const timer = setTimeout(begin, AT_LATEST_MS);
    const observer = new IntersectionObserver((entries) => {
      if (entries.some(({ isIntersecting }) => isIntersecting)) begin();
    });
    if (place.current) observer.observe(place.current);
    return () => {
      clearTimeout(timer);
      observer.disconnect();
    };
  }, [place]);
  return isTime;
}
