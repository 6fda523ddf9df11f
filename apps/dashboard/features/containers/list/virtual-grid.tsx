"use client";
// Of many containers those in view, as the page scrolls.
import type { ContainerView } from "@homeport/api";
import { useVirtualizer, useWindowVirtualizer, type Virtualizer } from "@tanstack/react-virtual";
import { useLayoutEffect, useRef, useState } from "react";
import { ContainerCard } from "./container-card";
import { ContainerRow } from "./container-table";
import { CARD_MIN_PX, CARD_PX, FirstOfMany, GAP_PX, ROW_PX } from "./first-of-many";
import type { Layout } from "./use-layout";

interface Props {
  containers: readonly ContainerView[];
  layout: Layout;
}

/** The page scrolls either as a whole or in the shell's main part: it is found once the list is there. */
export function VirtualGrid(props: Props) {
  const list = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState<{ scroller: HTMLElement | null; width: number; top: number }>();
  useLayoutEffect(() => {
    const element = list.current;
    if (!element) return;
    const scroller = scrollParent(element);
    const measure = (): void => {
      setPlace({
        scroller,
        width: element.clientWidth,
        top:
          element.getBoundingClientRect().top +
          (scroller ? scroller.scrollTop - scroller.getBoundingClientRect().top : window.scrollY),
      });
    };
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    return () => {
      observer.disconnect();
    };
  }, []);
  return (
    <div ref={list}>
      {place === undefined && <FirstOfMany {...props} />}
      {place &&
        (place.scroller ? (
          <InElement {...props} {...place} scroller={place.scroller} />
        ) : (
          <InWindow {...props} {...place} />
        ))}
    </div>
  );
}

interface Placed extends Props {
  width: number;
  /** Of the list in what scrolls. */
  top: number;
}

const columnsOf = ({ layout, width }: Placed): number =>
  layout === "rows" ? 1 : Math.max(1, Math.floor((width + GAP_PX) / (CARD_MIN_PX + GAP_PX)));
const sizeOf = ({ layout }: Placed): number => (layout === "rows" ? ROW_PX : CARD_PX + GAP_PX);

function InWindow(props: Placed) {
  // oxlint-disable-next-line react/incompatible-library -- no compiler memoizes here; its answers are read in this render only
  const virtual = useWindowVirtualizer({
    count: Math.ceil(props.containers.length / columnsOf(props)),
    estimateSize: () => sizeOf(props),
    overscan: 4,
    scrollMargin: props.top,
  });
  return <Lines {...props} virtual={virtual} />;
}

function InElement(props: Placed & { scroller: HTMLElement }) {
  // oxlint-disable-next-line react/incompatible-library -- no compiler memoizes here; its answers are read in this render only
  const virtual = useVirtualizer({
    count: Math.ceil(props.containers.length / columnsOf(props)),
    getScrollElement: () => props.scroller,
    estimateSize: () => sizeOf(props),
    overscan: 4,
    scrollMargin: props.top,
  });
  return <Lines {...props} virtual={virtual} />;
}

function Lines(props: Placed & { virtual: Virtualizer<Window, Element> | Virtualizer<HTMLElement, Element> }) {
  const { containers, layout, virtual } = props;
  const columns = columnsOf(props);
  const lines = virtual.getVirtualItems();
  return (
    <div style={{ height: virtual.getTotalSize(), position: "relative" }}>
      <div
        role={layout === "cards" ? "list" : "rowgroup"}
        aria-label={layout === "cards" ? "Containers" : undefined}
        style={{
          position: "absolute",
          inset: "0 0 auto 0",
          transform: `translateY(${(lines[0]?.start ?? 0) - virtual.options.scrollMargin}px)`,
        }}
      >
        {lines.map(({ index, key }) => (
          <div
            key={key}
            data-index={index}
            role="presentation"
            ref={layout === "cards" ? (virtual.measureElement as RefCallbackLike) : undefined}
            style={
              layout === "cards"
                ? {
                    display: "grid",
                    gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
                    gap: GAP_PX,
                    paddingBottom: GAP_PX,
                  }
                : { height: ROW_PX }
            }
          >
            {containers.slice(index * columns, (index + 1) * columns).map((container) =>
              layout === "cards" ? (
                <div role="listitem" key={container.id} className="min-w-0">
                  <ContainerCard container={container} />
                </div>
              ) : (
                <ContainerRow key={container.id} container={container} />
              ),
            )}
          </div>
        ))}
      </div>
    </div>
  );
}

/** Both virtualizers measure elements alike; only what scrolls differs in their types. */
type RefCallbackLike = (element: HTMLDivElement | null) => void;

function scrollParent(element: HTMLElement): HTMLElement | null {
  for (
    let at = element.parentElement;
    at && at !== document.body && at !== document.documentElement;
    at = at.parentElement
  ) {
    if (/auto|scroll/.test(getComputedStyle(at).overflowY)) return at;
  }
  return null;
}
