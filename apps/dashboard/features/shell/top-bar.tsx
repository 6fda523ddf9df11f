"use client";
// The bar: where this page is, search, the engine's light, New container.
import { Button } from "@homeport/ui/button";
import { IconButton } from "@homeport/ui/icon-button";
import { Menu, Plus, Search } from "lucide-react";
import { Link } from "@/components/link";
import { useRoleRefusal } from "@/lib/project/use-role";
import { Crumbs } from "./crumbs";
import { EngineLight } from "./engine-light";
import { SearchBox } from "./search-box";

export function TopBar({ onMenu, onPalette }: { onMenu: () => void; onPalette: () => void }) {
  const refusal = useRoleRefusal("container:write");
  return (
    <header className="sticky top-0 z-30 flex h-12 shrink-0 items-center gap-2 border-b bg-bg px-2 md:px-6">
      <IconButton className="size-10 md:hidden" label="Menu" icon={<Menu />} onClick={onMenu} />
      <div className="min-w-0 flex-1">
        <Crumbs />
      </div>
      <SearchBox onPalette={onPalette} />
      <IconButton className="size-10 lg:hidden" label="Search" icon={<Search />} onClick={onPalette} />
      <EngineLight />
      <Button asChild variant="primary" disabledReason={refusal} aria-label="New container">
        <Link href="/new">
          <Plus aria-hidden />
          <span className="hidden sm:inline">New container</span>
        </Link>
      </Button>
    </header>
  );
}
