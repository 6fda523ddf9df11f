// A UPID names one task of one node for ever; everything in it can be read without asking anybody.

/** Proxmox's name of a task, e.g. `UPID:pve:00000DEF:0004D52D:6B00E018:vzcreate:130:root@pam!test:`. */
export type Upid = string;

export interface ParsedUpid {
  upid: Upid;
  /** The node to ask about the task. */
  node: string;
  pid: number;
  /** Kernel start time of the process, in clock ticks since boot. */
  pstart: number;
  /** Seconds since 1970. */
  starttime: number;
  type: string;
  /** VMID, file name or volume; may be empty. */
  id: string;
  /** `user@realm`, without the token. */
  user: string;
  tokenId?: string;
}

// Grammar of pve-common PVE/UPID.pm; pstart grows to nine digits on hosts that are up for long.
const grammar =
  /^UPID:([a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?):([0-9A-Fa-f]{8}):([0-9A-Fa-f]{8,9}):([0-9A-Fa-f]{8}):([^:\s]+):([^:\s]*):([^:\s!]+)(?:!([^:\s]+))?:$/;

/** Reads a UPID; throws `RangeError` when `upid` is none. */
export function parseUpid(upid: string): ParsedUpid {
  const match = grammar.exec(upid);
  if (!match) throw new RangeError(`not a UPID: ${upid.slice(0, 200)}`);
  const [, node = "", pid = "", pstart = "", starttime = "", type = "", id = "", user = "", tokenId] = match;
  return {
    upid,
    node,
    pid: Number.parseInt(pid, 16),
    pstart: Number.parseInt(pstart, 16),
    starttime: Number.parseInt(starttime, 16),
    type,
    id,
    user,
    ...(tokenId === undefined ? {} : { tokenId }),
  };
}
