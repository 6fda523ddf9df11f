"use client";
// The first of many containers: what the server draws, and the browser until it knows how much of the list is in view.
import type { ContainerView } from "@homeport/api";
import { ContainerCard } from "./container-card";
import { ContainerRow } from "./container-table";
import type { Layout } from "./use-layout";

export const CARD_MIN_PX = 300;
export const GAP_PX = 12;
export const CARD_PX = 200;
export const ROW_PX = 40;
/** A large screen of them. */
const FIRST = 24;

export const cardColumns = `repeat(auto-fill, minmax(min(100%, ${CARD_MIN_PX}px), 1fr))`;

export function FirstOfMany({ containers, layout }: { containers: readonly ContainerView[]; layout: Layout }) {
  const first = containers.slice(0, FIRST);
  if (layout === "rows")
    return (
      <div role="rowgroup" style={{ minHeight: containers.length * ROW_PX }}>
        {first.map((container) => (
          <div key={container.id} role="presentation" style={{ height: ROW_PX }}>
            <ContainerRow container={container} />
          </div>
        ))}
      </div>
    );
  return (
    <ul
      aria-label="Containers"
      className="grid content-start"
      style={{ gridTemplateColumns: cardColumns, gap: GAP_PX }}
    >
      {first.map((container) => (
        <li key={container.id} className="min-w-0">
          <ContainerCard container={container} />
        </li>
      ))}
    </ul>
  );
}
