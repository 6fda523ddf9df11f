// UPIDs: `UPID:node:pid:pstart:starttime:type:id:user:` with eight hex digits per number (pve-common, PVE/UPID.pm).

export interface UpidParts {
  node: string;
  pid: number;
  /** Start of the process in 1/100 s since boot. */
  pstart: number;
  /** Seconds since the epoch. */
  starttime: number;
  type: string;
  id: string;
  /** `user@realm` or `user@realm!token`. */
  authid: string;
}

const hex = (value: number) => Math.trunc(value).toString(16).toUpperCase().padStart(8, "0");

export function formatUpid(parts: UpidParts): string {
  const { node, pid, pstart, starttime, type, id, authid } = parts;
  return `UPID:${node}:${hex(pid)}:${hex(pstart)}:${hex(starttime)}:${type}:${id}:${authid}:`;
}

export function isUpid(text: string): boolean {
  return /^UPID:[a-zA-Z0-9-]+:[0-9A-F]{8}:[0-9A-F]{8,9}:[0-9A-F]{8}:[^:\s]+:[^:\s]*:[^:\s]+:$/i.test(text);
}
