"use client";
// What one can do with a log: follow, pause, search, times, wrap, download.
import { buttonStyle } from "@homeport/ui/button";
import { cn } from "@homeport/ui/cn";
import { IconButton } from "@homeport/ui/icon-button";
import { ArrowDownToLine, ChevronDown, ChevronUp, Clock, Download, Pause, Play, Search, WrapText } from "lucide-react";
import type { ReactNode } from "react";

interface Props {
  title: string;
  following: boolean;
  paused: boolean;
  /** Lines that came since the pause. */
  waiting: number;
  wrap: boolean;
  timestamps: boolean;
  search: string;
  matches: { count: number; at: number };
  downloadHref: string;
  live: boolean;
  attempt: number | undefined;
  attempts: readonly number[];
  onAttempt: (attempt: number | undefined) => void;
  onFollow: () => void;
  onPause: () => void;
  onWrap: () => void;
  onTimestamps: () => void;
  onSearch: (text: string) => void;
  onNext: () => void;
  onPrevious: () => void;
}

export function LogToolbar(props: Props) {
  const { title, following, paused, waiting, wrap, timestamps, downloadHref, live } = props;
  return (
    <div className="flex flex-wrap items-center gap-x-1 gap-y-1 border-b px-2 py-1">
      <h2 className="min-w-0 flex-1 basis-40 truncate px-1 text-body font-medium">{title}</h2>
      {props.attempts.length > 1 && <AttemptChoice {...props} />}
      <SearchBox {...props} />
      <div className="flex items-center" role="group" aria-label="Log">
        <Toggle label="Follow the end" pressed={following && !paused} onClick={props.onFollow}>
          <ArrowDownToLine />
        </Toggle>
        {(live || paused) && (
          <Toggle
            label={paused ? `Go on${waiting > 0 ? `: ${waiting} new lines` : ""}` : "Pause"}
            pressed={paused}
            onClick={props.onPause}
          >
            {paused ? <Play /> : <Pause />}
          </Toggle>
        )}
        <Toggle label="Show times" pressed={timestamps} onClick={props.onTimestamps}>
          <Clock />
        </Toggle>
        <Toggle label="Wrap long lines" pressed={wrap} onClick={props.onWrap}>
          <WrapText />
        </Toggle>
        <a
          href={downloadHref}
          download
          title="Download the whole log"
          aria-label="Download the whole log"
          className={cn(buttonStyle({ variant: "ghost", size: "sm" }), "text-muted")}
        >
          <Download aria-hidden />
        </a>
      </div>
    </div>
  );
}

function AttemptChoice({ attempt, attempts, onAttempt }: Props) {
  return (
    <select
      aria-label="Attempt"
      value={attempt ?? ""}
      onChange={(event) => {
        onAttempt(event.target.value === "" ? undefined : Number(event.target.value));
      }}
      className="h-7 rounded-sm border bg-bg px-1.5 text-meta"
    >
      <option value="">All attempts</option>
      {attempts.map((one) => (
        <option key={one} value={one}>
          Attempt {one}
        </option>
      ))}
    </select>
  );
}

function matchText({ count, at }: Props["matches"]): string {
  if (count === 0) return "None";
  return at === 0 ? `${count} found` : `${at} of ${count}`;
}

function SearchBox({ search, matches, onSearch, onNext, onPrevious }: Props) {
  return (
    <div
      className="flex h-7 min-w-0 items-center rounded-sm border bg-bg focus-within:ring-2 focus-within:ring-accent"
      role="search"
    >
      <Search aria-hidden className="mx-2 size-3.5 shrink-0 text-muted" />
      <input
        type="search"
        value={search}
        onChange={(event) => {
          onSearch(event.target.value);
        }}
        onKeyDown={(event) => {
          if (event.key !== "Enter") return;
          event.preventDefault();
          if (event.shiftKey) onPrevious();
          else onNext();
        }}
        aria-label="Search the log"
        placeholder="Search"
        className="h-full w-24 min-w-0 bg-transparent text-meta outline-none focus:w-40 [&::-webkit-search-cancel-button]:hidden"
      />
      {search !== "" && (
        <>
          <span role="status" className="px-1 text-meta whitespace-nowrap text-muted tabular-nums">
            {matchText(matches)}
          </span>
          <IconButton label="Previous match" icon={<ChevronUp />} size="sm" onClick={onPrevious} />
          <IconButton label="Next match" icon={<ChevronDown />} size="sm" onClick={onNext} />
        </>
      )}
    </div>
  );
}

function Toggle({
  label,
  pressed,
  onClick,
  children,
}: {
  label: string;
  pressed: boolean;
  onClick: () => void;
  children: ReactNode;
}) {
  return (
    <IconButton
      label={label}
      icon={children}
      size="sm"
      aria-pressed={pressed}
      onClick={onClick}
      className={cn(pressed ? "bg-accent-soft text-accent" : "text-muted")}
    />
  );
}
