// What a real node's answers cost before they do anything. Off by default: a test waits for nothing that it does not ask about.
import type { Core } from "./core";

export interface Costs {
  /** Milliseconds before the API carries a request out; measured on Proxmox VE 9.2: 1 to 7. */
  restMs: number;
  /** Milliseconds before `pct` does anything, as Perl loads Proxmox's modules; measured on Proxmox VE 9.2: 580 to 650. */
  pctMs: number;
  /** Each cost varies by up to this share of itself, both ways, evenly: 0.2 is ±20 %. */
  jitter: number;
}

export const noCosts: Costs = { restMs: 0, pctMs: 0, jitter: 0 };

export const realCosts: Costs = { restMs: 5, pctMs: 600, jitter: 0.2 };

export async function pay({ costs, clock }: Core, kind: "restMs" | "pctMs"): Promise<void> {
  const ms = costs[kind] * (1 + costs.jitter * (2 * Math.random() - 1));
  if (ms > 0) await clock.sleep(ms);
}
