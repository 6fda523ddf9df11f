"use client";
// The frame of every page: the rail at the left, the bar at the top, the page between.
import { cn } from "@homeport/ui/cn";
import { Drawer } from "@homeport/ui/drawer";
import dynamic from "next/dynamic";
import { usePathname } from "next/navigation";
import { useState, type ReactNode } from "react";
import { useFetchedAhead } from "@/lib/hooks/use-fetched-ahead";
import { EngineBanner } from "./engine-banner";
import { PalettePending } from "./palette-pending";
import { Rail, type RailProps } from "./rail";
import { RAIL_COOKIE } from "./rail-cookie";
import { TopBar } from "./top-bar";
import { useKeys } from "./use-keys";

const YEAR_S = 31_536_000;

const loadPalette = () => import("./palette").then(({ Palette }) => Palette);
const Palette = dynamic(loadPalette, { ssr: false, loading: () => <PalettePending /> });

export function Shell({
  me,
  narrowAtFirst,
  notice,
  children,
}: {
  me: RailProps["me"];
  narrowAtFirst: boolean;
  /** Above every page. */
  notice: ReactNode;
  children: ReactNode;
}) {
  const [narrow, setNarrow] = useState(narrowAtFirst);
  const [paletteOpen, setPaletteOpen] = useState(false);
  const pathname = usePathname();
  // The drawer belongs to the page it was opened on: going elsewhere closes it.
  const [drawerOn, setDrawerOn] = useState<string>();
  useFetchedAhead(loadPalette);
  useKeys({
    onPalette: () => {
      setPaletteOpen(true);
    },
  });

  const toggle = (): void => {
    document.cookie = `${RAIL_COOKIE}=${narrow ? "wide" : "narrow"}; path=/; max-age=${YEAR_S}; samesite=lax`;
    setNarrow(!narrow);
  };

  return (
    <div
      className={cn(
        "min-h-dvh md:grid",
        narrow ? "md:grid-cols-[56px_minmax(0,1fr)]" : "md:grid-cols-[220px_minmax(0,1fr)]",
      )}
    >
      <a
        href="#page"
        className="sr-only z-60 rounded-md bg-accent px-3 py-2 text-on-accent focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        To the page
      </a>
      <aside className="sticky top-0 hidden h-dvh flex-col border-r bg-surface md:flex">
        <Rail me={me} narrow={narrow} onToggle={toggle} />
      </aside>
      <Drawer
        open={drawerOn === pathname}
        onOpenChange={(open) => {
          setDrawerOn(open ? pathname : undefined);
        }}
        title="Homeport"
      >
        <Rail
          me={me}
          narrow={false}
          onGo={() => {
            setDrawerOn(undefined);
          }}
        />
      </Drawer>
      <div className="flex min-w-0 flex-col">
        <TopBar
          onMenu={() => {
            setDrawerOn(pathname);
          }}
          onPalette={() => {
            setPaletteOpen(true);
          }}
        />
        <main
          id="page"
          tabIndex={-1}
          className="mx-auto w-full max-w-[1440px] min-w-0 flex-1 p-4 focus-visible:outline-none md:px-6 md:py-5"
        >
          <EngineBanner />
          {notice}
          {children}
        </main>
      </div>
      {paletteOpen && (
        <Palette
          onClose={() => {
            setPaletteOpen(false);
          }}
        />
      )}
    </div>
  );
}
