"use client";
// Searches the containers; the palette finds everything else.
import { inputStyle } from "@homeport/ui/input";
import { cn } from "@homeport/ui/cn";
import { Kbd } from "@homeport/ui/kbd";
import { Search } from "lucide-react";
import { useGo, useHref } from "@/lib/project/project-provider";
import { useState } from "react";
import { SEARCH_ID } from "./use-keys";

export function SearchBox({ onPalette }: { onPalette: () => void }) {
  const go = useGo();
  const href = useHref();
  const [text, setText] = useState("");
  const search = (): void => {
    go(text.trim() === "" ? "/" : `/?q=${encodeURIComponent(text.trim())}`);
  };
  return (
    // A plain GET to where it leads: it also searches before the page is alive.
    <form
      action={href("/")}
      role="search"
      className="relative hidden w-64 lg:block"
      onSubmit={(event) => {
        event.preventDefault();
        search();
      }}
    >
      <Search aria-hidden className="pointer-events-none absolute top-2 left-2.5 size-4 text-muted" />
      <input
        id={SEARCH_ID}
        name="q"
        type="search"
        aria-label="Search containers"
        placeholder="Search containers"
        autoComplete="off"
        value={text}
        onChange={(event) => {
          setText(event.target.value);
        }}
        onKeyDown={(event) => {
          if (event.key === "Escape") event.currentTarget.blur();
        }}
        className={cn(inputStyle, "h-8 pr-16 pl-8 text-table")}
      />
      <button
        type="button"
        onClick={onPalette}
        aria-label="Ctrl K: open the command palette"
        className="absolute top-1.5 right-1.5 flex gap-0.5 rounded-sm"
      >
        <Kbd>Ctrl K</Kbd>
      </button>
    </form>
  );
}
