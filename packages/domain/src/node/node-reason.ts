// Why a node is in the state that it is in, as it is stored (ProxmoxNode.stateReason): codes and the names they need. text/node-reason makes a
// sentence of it.
import { z } from "zod";

/** Why a host could not be reached, as far as that is known. */
export const NetworkCauses = [
  "refused",
  "name_unknown",
  "name_server_silent",
  "no_way",
  "no_network",
  "host_down",
  "timeout",
  /** It takes the connection, and does not begin TLS. */
  "tls_silent",
  "closed",
  /** It answers with something that is no TLS. */
  "not_tls",
] as const;
export type NetworkCause = (typeof NetworkCauses)[number];

const codes = [
  z.object({ why: z.literal("checking") }),
  /** It answers, and no report of it is known. */
  z.object({ why: z.literal("not_checked") }),
  /** The engine did not take the check. */
  z.object({ why: z.literal("check_not_begun") }),
  /** Homeport's own failure. */
  z.object({ why: z.literal("check_failed") }),
  z.object({ why: z.literal("unconfirmed") }),
  z.object({ why: z.literal("removed") }),
  /** It shows others than the confirmed ones. */
  z.object({ why: z.literal("keys_changed"), keys: z.array(z.enum(["certificate", "ssh_host_key"])) }),
  /** `at`: where it was asked; null: where it is known to be. `cause` null: not known. */
  z.object({
    why: z.literal("unreachable"),
    node: z.string(),
    at: z.object({ host: z.string(), port: z.number() }).nullable(),
    cause: z.enum(NetworkCauses).nullable(),
  }),
  z.object({ why: z.literal("token_refused"), node: z.string() }),
  /** `text`: Proxmox's own, which names the privilege. */
  z.object({ why: z.literal("privilege"), node: z.string(), text: z.string() }),
  /** The first line of its report that failed, and how many more did (domain/node/node-report). */
  z.object({ why: z.literal("report"), label: z.string(), detail: z.string(), more: z.number() }),
] as const;
const NodeReasonCode = z.discriminatedUnion("why", codes);
/** What is written: never a sentence. */
export type NodeReasonCode = z.infer<typeof NodeReasonCode>;

/** `text`: the sentence of a release that stored one; empty: of a newer one, by a code that is not known here. */
export const NodeReason = z.discriminatedUnion("why", [
  ...codes,
  z.object({ why: z.literal("text"), text: z.string() }),
]);
export type NodeReason = z.infer<typeof NodeReason>;

/** Whatever is stored is read, and what an activity of an older release answered: that was a sentence. */
export function readNodeReason(stored: unknown): NodeReason | null {
  if (stored === null || stored === undefined) return null;
  if (typeof stored === "string") return { why: "text", text: stored };
  return NodeReason.safeParse(stored).data ?? { why: "text", text: "" };
}
