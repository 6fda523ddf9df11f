"use client";
// Containers as cards or rows; beyond a hundred only those in view are drawn.
import type { ContainerView } from "@homeport/api";
import { useEffect, useState } from "react";
import { ContainerCard } from "./container-card";
import { ContainerRow, ContainerTableHead } from "./container-table";
import { cardColumns, FirstOfMany, ROW_PX } from "./first-of-many";
import type { Layout } from "./use-layout";

const VIRTUAL_FROM = 100;
const RETRY_MS = 3_000;
const load = () => import("./virtual-grid").then(({ VirtualGrid }) => VirtualGrid);

interface Props {
  containers: readonly ContainerView[];
  layout: Layout;
}

export function ContainersGrid({ containers, layout }: Props) {
  if (layout === "rows") {
    return (
      <div
        role="table"
        aria-label="Containers"
        aria-rowcount={containers.length + 1}
        className="overflow-hidden rounded-md border bg-surface"
      >
        <ContainerTableHead />
        {containers.length > VIRTUAL_FROM ? (
          <Many key="rows" containers={containers} layout="rows" />
        ) : (
          containers.map((container) => (
            <div key={container.id} style={{ height: ROW_PX }}>
              <ContainerRow container={container} />
            </div>
          ))
        )}
      </div>
    );
  }
  if (containers.length > VIRTUAL_FROM) return <Many key="cards" containers={containers} layout="cards" />;
  return (
    <ul aria-label="Containers" className="grid gap-3" style={{ gridTemplateColumns: cardColumns }}>
      {containers.map((container) => (
        <li key={container.id} className="min-w-0">
          <ContainerCard container={container} />
        </li>
      ))}
    </ul>
  );
}

/** The server draws the first of them: what it sends is there before the code that follows the scrolling. */
function Many(props: Props) {
  const [Virtual, setVirtual] = useState<Awaited<ReturnType<typeof load>>>();
  useEffect(() => {
    let left = false;
    const begin = (): void => {
      load().then(
        (loaded) => {
          if (!left) setVirtual(() => loaded);
        },
        () => {
          if (!left) timer = setTimeout(begin, RETRY_MS);
        },
      );
    };
    let timer: ReturnType<typeof setTimeout> | undefined;
    begin();
    return () => {
      left = true;
      clearTimeout(timer);
    };
  }, []);
  return Virtual === undefined ? <FirstOfMany {...props} /> : <Virtual {...props} />;
}
