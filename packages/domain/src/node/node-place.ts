// Where a node is, as people paste it: a name, an address, host:port, [IPv6]:port, or the URL of its web page.
import { z } from "zod";
import { familyOf, readIp, textOf } from "../container/ip-address";

export interface NodePlace {
  /** Lower case, without brackets and final dot; an internationalised name in its ASCII form. */
  host: string;
  /** Undefined where none was written. */
  port?: number;
}

const TEXT_MAX = 1_000;
const HOST_MAX = 253;
const LABEL = /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/;
const EXAMPLE = "A host name or an address, such as pve.lan or 192.168.1.10.";

/** The place, or why it is none. */
export function readNodePlace(text: string): NodePlace | { why: string } {
  const [, scheme, rest = ""] = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(.*)$/is.exec(text.slice(0, TEXT_MAX).trim()) ?? [];
  if (scheme !== undefined && !/^https?$/i.test(scheme))
    return { why: `Homeport speaks https to a node, not ${scheme.toLowerCase().slice(0, 20)}. Write the host alone.` };
  const [authority = ""] = rest.split(/[/?#\\]/);
  if (authority === "") return { why: "A host name or address is needed." };
  if (authority.includes("@")) return { why: "Only the host goes here, without a user before an @." };
  const bracketed = /^\[([^[\]]*)\](?::(.*))?$/.exec(authority);
  const [host = "", port] = bracketed ? bracketed.slice(1) : splitPort(authority);
  const named = readHost(host, bracketed !== null);
  if ("why" in named || port === undefined) return named;
  if (!/^\d{1,5}$/.test(port) || Number(port) < 1 || Number(port) > 65_535)
    return { why: `“:${port.slice(0, 20)}” is no port: a number from 1 to 65535.` };
  return { ...named, port: Number(port) };
}

/** With several colons and no brackets it is meant as an IPv6 address, which is judged as a whole. */
function splitPort(authority: string): (string | undefined)[] {
  const colons = authority.split(":");
  return colons.length === 2 ? [colons[0] ?? "", colons[1]] : [authority];
}

function readHost(text: string, bracketed: boolean): NodePlace | { why: string } {
  const ip = readIp(text.toLowerCase());
  if (ip !== undefined && (!bracketed || familyOf(ip) === 6)) return { host: textOf(ip) };
  if (text.includes("%"))
    return { why: "An address with % works on one machine only. Write the node's routed address." };
  if (bracketed || text.includes(":"))
    return { why: "This is no IPv6 address. With a port it goes in brackets: [2001:db8::10]:8006." };
  const name = toAscii(text.replace(/\.$/, "").toLowerCase());
  const labels = name?.split(".") ?? [];
  if (name === undefined || name.length > HOST_MAX || !labels.every((label) => LABEL.test(label)))
    return { why: EXAMPLE };
  // The C library reads these as addresses ("127.1", "0x7f.1"); written so they only hide one.
  return /^(0x[0-9a-f]*|\d+)$/.test(labels.at(-1) ?? "")
    ? { why: `${name.slice(0, 40)} is no IPv4 address. ${EXAMPLE}` }
    : { host: name };
}

/** By the platform's URL parser, which knows the rules of internationalised names (UTS 46). */
function toAscii(name: string): string | undefined {
  // oxlint-disable-next-line no-control-regex -- everything that is not ASCII
  if (/^[\u0000-\u007F]*$/.test(name)) return name;
  const url = /[/?#@:\\\s%[\]]/.test(name) ? undefined : z.url({ normalize: true }).safeParse(`https://${name}/`).data;
  return url?.slice("https://".length, -1);
}

/** As a form field: judged, and kept as it was typed until `takeApart`, so that its port is not lost. */
export const NodeHost = z
  .string()
  .trim()
  .min(1, "A host name or address is needed.")
  .max(TEXT_MAX, "A host name or address has at most 253 characters.")
  .superRefine((text, context) => {
    const place = readNodePlace(text);
    if ("why" in place) context.addIssue({ code: "custom", message: place.why });
  });

/** Proxmox's own port, which every form begins with: it gives way to one that is written in the address. */
export const NODE_PORT = 8006;

/** The host alone, and the port of the address where it names one. */
export function takeApart<Node extends { host: string; port: number }>(node: Node): Node {
  const place = readNodePlace(node.host);
  if ("why" in place || (place.port !== undefined && whyNotBoth(node) !== undefined)) return node;
  return { ...node, host: place.host, port: place.port ?? node.port };
}

/** Why address and port cannot both be meant; undefined when they can. */
export function whyNotBoth({ host, port }: { host: string; port: number }): string | undefined {
  const place = readNodePlace(host);
  if ("why" in place || place.port === undefined || place.port === port || port === NODE_PORT) return undefined;
  return `The address says port ${place.port}, and here it is ${port}. Correct one of them.`;
}
