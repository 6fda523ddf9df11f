// Named formats of parameters, with the complaint each gives (pve-common, PVE/JSONSchema.pm).

import { isIPv4, isIPv6 } from "node:net";

type Format = (value: string) => string | undefined;

const pattern =
  (regex: RegExp, complaint: string): Format =>
  (value) =>
    regex.test(value) ? undefined : `${complaint}\n`;

export const vmid = pattern(/^[1-9][0-9]{2,8}$/, "value does not look like a valid VM ID");
export const dnsName = pattern(
  /^([a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?)(\.[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?)*$/,
  "value does not look like a valid DNS name",
);
export const nodeName = pattern(
  /^[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?$/,
  "value does not look like a valid node name",
);
export const bridge = pattern(/^[-_.\w]+$/, "value does not look like a valid bridge name");
export const mac: Format = (value) => {
  if (!/^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/i.test(value)) return "value does not look like a valid unicast MAC address\n";
  return (Number.parseInt(value.slice(0, 2), 16) & 1) === 0
    ? undefined
    : "value does not look like a valid unicast MAC address\n";
};
export const ipv4: Format = (value) => (isIPv4(value) ? undefined : "value does not look like a valid ipv4 address\n");
export const ipv6: Format = (value) => (isIPv6(value) ? undefined : "value does not look like a valid ipv6 address\n");

export const ipv4Config: Format = (value) => {
  if (value === "dhcp" || value === "manual" || isCidr(value, isIPv4, 32)) return undefined;
  return "value does not look like a valid ipv4 network configuration\n";
};
export const ipv6Config: Format = (value) => {
  if (["auto", "dhcp", "manual"].includes(value) || isCidr(value, isIPv6, 128)) return undefined;
  return "value does not look like a valid ipv6 network configuration\n";
};

function isCidr(value: string, isAddress: (text: string) => boolean, most: number): boolean {
  const [address = "", length = "", rest] = value.split("/");
  const bits = /^\d{1,3}$/.test(length) ? Number(length) : -1;
  return rest === undefined && isAddress(address) && bits >= 8 && bits <= most;
}

/** Splits as PVE::Tools::split_list does: commas, semicolons, blanks. */
export function splitList(value: string): string[] {
  return value.split(/[,;\s\0]+/).filter((item) => item !== "");
}

export function listOf(format: Format): Format {
  return (value) =>
    splitList(value)
      .map(format)
      .find((complaint) => complaint !== undefined);
}

export const address: Format = (value) =>
  isIPv4(value) || isIPv6(value) ? undefined : "value does not look like a valid IP address\n";
export const tag = pattern(/^[a-z0-9_][a-z0-9_\-+.]*$/i, "invalid characters in tag");
export const snapshotName: Format = (value) =>
  /^[a-z][\w-]+$/i.test(value) ? undefined : `invalid configuration ID '${value}'\n`;
/** `order=1,up=30,down=60`; a bare number is the order. */
export const startup: Format = (value) =>
  value.split(",").every((part) => /^\s*$|^((order=)?\d+|up=\d+|down=\d+)$/.test(part))
    ? undefined
    : "unable to parse startup options\n";
const zones = new Set(["host", "UTC", ...Intl.supportedValuesOf("timeZone")]);
export const timezone: Format = (value) => (zones.has(value) ? undefined : `invalid time zone '${value}'\n`);
export const mountPath: Format = (value) =>
  /(^|\/)\.\.?(\/|$)/.test(value) ? `${value} contains illegal character sequences\n` : undefined;
export const sizeChange = pattern(/^\+?\d+(\.\d+)?[KMGT]?$/, "value does not match the regex pattern");
