// Keeps a growing list at its end until the person scrolls up, and again once they are back at the end.
import { useCallback, useLayoutEffect, useRef, useState, type RefObject } from "react";

/** This near to the end counts as at the end, in pixels. */
const NEAR_PX = 24;

export function useFollow(
  scroller: RefObject<HTMLElement | null>,
  { scrollToEnd, growth }: { scrollToEnd: () => void; growth: unknown },
) {
  const [following, setFollowing] = useState(true);
  const last = useRef({ top: 0, height: 0 });

  useLayoutEffect(() => {
    if (following) scrollToEnd();
  }, [following, growth, scrollToEnd]);

  /** Growth and our own scrolling never move up while the height stays: only a person does. */
  const onScroll = useCallback(() => {
    const element = scroller.current;
    if (!element) return;
    const { scrollTop: top, scrollHeight: height, clientHeight } = element;
    const up = top < last.current.top - 1 && height === last.current.height;
    if (height - top - clientHeight <= NEAR_PX) setFollowing(true);
    else if (up) setFollowing(false);
    last.current = { top, height };
  }, [scroller]);

  return { following, setFollowing, onScroll };
}
