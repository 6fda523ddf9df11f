"use client";
// The log of one step: live, virtual, following its end until one scrolls up; search, pause, times, wrap and download.
import { cn } from "@homeport/ui/cn";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useCallback, useDeferredValue, useMemo, useRef, useState } from "react";
import { findInLog } from "./find-in-log";
import { LogRow } from "./log-rows";
import { LogToolbar } from "./log-toolbar";
import type { StepLog } from "./step-log";
import { useFollow } from "./use-follow";

const ROW_PX = 20;
const numbers = new Intl.NumberFormat("en");

interface Props {
  title: string;
  log: StepLog;
  /** More may still come. */
  live: boolean;
  downloadHref: string;
  /** Said when there is no line yet. */
  emptyText: string;
  /** Only this attempt is shown; undefined: all of them, one after the other. */
  attempt: number | undefined;
  attempts: readonly number[];
  onAttempt: (attempt: number | undefined) => void;
}

/** Keyed by step and attempt where it is used: each begins at its end. */
export function LogView({ title, log, live, downloadHref, emptyText, attempt, attempts, onAttempt }: Props) {
  const [paused, setPaused] = useState<StepLog>();
  const [wrap, setWrap] = useState(false);
  const [timestamps, setTimestamps] = useState(false);
  const [search, setSearch] = useState("");
  /** Which match is stood on; none yet while it is typed. */
  const [at, setAt] = useState(-1);
  const { lines: all, dropped } = paused ?? log;
  const lines = useMemo(
    () => (attempt === undefined ? all : all.filter((line) => line.attempt === attempt && line.kind === "text")),
    [all, attempt],
  );

  const deferred = useDeferredValue(search);
  const found = useMemo(() => findInLog(lines, deferred), [lines, deferred]);
  const foundLines = useMemo(() => new Set(found), [found]);
  const standing = Math.min(at, found.length - 1);
  const current = standing < 0 ? undefined : found[standing];

  const scroller = useRef<HTMLDivElement>(null);
  // oxlint-disable-next-line react/incompatible-library -- no compiler memoizes here; its answers are read in this render only
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    getItemKey: (index) => lines[index]?.number ?? index,
    overscan: 30,
  });
  const scrollToEnd = useCallback(() => {
    const element = scroller.current;
    if (element) element.scrollTop = element.scrollHeight;
  }, []);
  const { following, setFollowing, onScroll } = useFollow(scroller, {
    scrollToEnd,
    growth: `${lines.length}/${dropped}/${wrap}/${virtual.getTotalSize()}`,
  });

  const stand = (next: number): void => {
    if (found.length === 0) return;
    const wrapped = (next + found.length) % found.length;
    setAt(wrapped);
    setFollowing(false);
    virtual.scrollToIndex(found[wrapped] ?? 0, { align: "center" });
  };
  const items = virtual.getVirtualItems();
  const waiting = paused ? log.dropped + log.lines.length - paused.dropped - paused.lines.length : 0;

  return (
    <section aria-label={`Log of ${title}`} className="flex h-full min-h-0 flex-col">
      <LogToolbar
        {...{ title, following, wrap, timestamps, search, downloadHref, live, attempt, attempts, onAttempt }}
        paused={paused !== undefined}
        waiting={waiting}
        matches={{ count: found.length, at: standing + 1 }}
        onFollow={() => {
          setPaused(undefined);
          setFollowing(!following);
        }}
        onPause={() => {
          setPaused(paused ? undefined : log);
        }}
        onWrap={() => {
          setWrap(!wrap);
          virtual.measure();
        }}
        onTimestamps={() => {
          setTimestamps(!timestamps);
        }}
        onSearch={(text) => {
          setSearch(text);
          setAt(-1);
        }}
        onNext={() => {
          stand(standing + 1);
        }}
        onPrevious={() => {
          stand(Math.max(standing, 0) - 1);
        }}
      />
      {dropped > 0 && (
        <p className="border-b px-3 py-1 text-meta text-muted">
          {numbers.format(dropped)} earlier lines dropped here to keep the page quick; the download has them all.
        </p>
      )}
      <div
        ref={scroller}
        onScroll={onScroll}
        role="log"
        aria-label={`Output of ${title}`}
        aria-live="off"
        tabIndex={0}
        className="min-h-0 flex-1 overflow-auto overscroll-contain bg-sunken py-2 font-mono text-meta [font-feature-settings:'calt'_0] outline-offset-[-2px]"
      >
        {lines.length === 0 ? (
          <p className="px-3 font-sans text-muted">{emptyText}</p>
        ) : (
          <div className="relative" style={{ height: virtual.getTotalSize() }}>
            <div
              className={cn("absolute top-0 left-0", wrap ? "w-full" : "min-w-full")}
              style={{ transform: `translateY(${items[0]?.start ?? 0}px)` }}
            >
              {items.map(({ index, key }) => {
                const line = lines[index];
                return (
                  line && (
                    <div key={key} data-index={index} ref={wrap ? virtual.measureElement : undefined}>
                      <LogRow
                        line={line}
                        wrap={wrap}
                        timestamps={timestamps}
                        search={deferred}
                        found={foundLines.has(index)}
                        current={index === current}
                      />
                    </div>
                  )
                );
              })}
            </div>
          </div>
        )}
      </div>
    </section>
  );
}
