// Why a node is in its state, in English.
import type { NetworkCause, NodeReason } from "../node/node-reason";
import { type Catalogue, textFrom } from "./catalogue";

/** pve-manager, Service/pveproxy.pm. */
const PVEPROXY_PORT = 8006;

const causes: Record<NetworkCause, string> = {
  refused: "it refused the connection: nothing listens at this port, or a firewall is in the way",
  name_unknown: "the host name is not known to Homeport's name server",
  name_server_silent: "Homeport's name server gave no answer for the host name",
  no_way: "there is no way to this address: the machine is off, or in another network",
  no_network: "Homeport's machine has no way to this network",
  host_down: "the machine is down",
  timeout:
    "nothing answered in time: the address is another one, the machine is off, or a firewall drops the connection",
  tls_silent: "something takes the connection, but does not begin TLS: it is probably another service",
  closed: "it closed the connection at once",
  not_tls: "something answers there, but not with TLS: it is probably another service",
};

const keyNames = { certificate: "certificate", ssh_host_key: "SSH host key" } as const;

const english: Catalogue<NodeReason, "why"> = {
  checking: () => "It is being checked.",
  not_checked: () => "It answers; it has not been checked yet.",
  check_not_begun: () => "The engine that checks nodes does not answer. Check it again in a moment.",
  check_failed: () => "The check failed for a reason of Homeport's own. Check it again.",
  unconfirmed: () => "Its certificate and host key wait for your confirmation.",
  removed: () => "The node was removed from Homeport.",
  keys_changed: ({ keys }) =>
    `Its ${keys.length === 0 ? "keys" : keys.map((key) => keyNames[key]).join(" and ")} changed. Compare and confirm before anything is sent to it.`,
  unreachable: ({ node, at, cause }) => {
    const because = cause === null ? "" : `: ${causes[cause]}`;
    if (at === null) return `Node ${node} is unreachable${because}.`;
    // The usual port is named where another was asked.
    const usual = at.port === PVEPROXY_PORT ? "" : ` Proxmox usually listens at port ${PVEPROXY_PORT}.`;
    return `Node ${node} cannot be reached at ${at.host}:${at.port}${because}.${usual}`;
  },
  token_refused: ({ node }) =>
    `Node ${node} refused the API token. Check its ID and its secret; it may also have been removed or have expired.`,
  privilege: ({ node, text }) => `The API token of node ${node} lacks a privilege: ${text} Grant it.`,
  report: ({ label, detail, more }) => `${label}: ${detail}${more === 0 ? "" : ` (and ${more} more)`}`,
  text: ({ text }) => (text === "" ? "Another version of Homeport knows why." : text),
};

export function nodeReasonText(reason: NodeReason): string {
  return textFrom(english, "why", reason);
}

/** A clause without a full stop, for a sentence around it. */
export const networkCauseText = (cause: NetworkCause): string => causes[cause];
