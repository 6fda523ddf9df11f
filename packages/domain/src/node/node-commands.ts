// Every command that Homeport shows to be typed on a node as root. Each is proved against a lab node in the state that
// provokes it (temporal/src/activities/host/node/node-commands.test.ts), so that no advice is shown that was not followed once.

/** One line of an access list: what `to` may do at `path` and below, by one of Proxmox's roles or one of ours. */
export interface Grant {
  path: string;
  role: string;
  /** Made before it is granted; Proxmox refuses a second role of the same name, which does no harm. */
  newRole?: readonly string[];
  users?: string;
  tokens?: string;
  /** False: at `path` alone. */
  propagate?: false;
}

export const nodeCommands = {
  /** Without privilege separation it may do what root may; the report asks less of any other token. */
  createToken: (): string => command(["pveum", "user", "token", "add", "root@pam", "homeport", "--privsep", "0"]),

  /** pveproxy serves pveproxy-ssl.pem where it is there, else the node's own (Proxmox VE manual, "Certificate Management"); openssl reads the first. */
  tlsFingerprint: (): string =>
    "cat /etc/pve/local/pveproxy-ssl.pem /etc/pve/local/pve-ssl.pem 2>/dev/null | openssl x509 -noout -fingerprint -sha256",

  sshFingerprints: (): string => "cat /etc/ssh/ssh_host_*_key.pub | ssh-keygen -lf -",

  /** A line for each grant: Proxmox takes one path at a time (pve-access-control, API2/ACL.pm). */
  grant: (grants: readonly Grant[]): string => grants.flatMap(grantLines).join("\n"),

  /** `content` replaces what the storage holds now (pve-storage, API2/Storage/Config.pm): it has to name that as well. */
  setStorageContent: ({ storage, content }: { storage: string; content: readonly string[] }): string =>
    command(["pvesm", "set", storage, "--content", content.join(",")]),

  updateCatalogue: (): string => command(["pveam", "update"]),

  downloadImage: ({ storage, template }: { storage: string; template: string }): string =>
    command(["pveam", "download", storage, template]),

  /** Only a person can know that nothing works behind the lock. */
  unlock: (vmid: number): string => command(["pct", "unlock", String(vmid)]),
} as const;

function grantLines({ path, role, newRole, users, tokens, propagate }: Grant): string[] {
  const line = ["pveum", "acl", "modify", path];
  if (users !== undefined) line.push("--users", users);
  if (tokens !== undefined) line.push("--tokens", tokens);
  line.push("--roles", role);
  if (propagate === false) line.push("--propagate", "0");
  return [
    ...(newRole === undefined ? [] : [command(["pveum", "role", "add", role, "--privs", newRole.join(",")])]),
    command(line),
  ];
}

function command(argv: readonly string[]): string {
  return argv.map(quoteWord).join(" ");
}

/** As a POSIX shell takes it back as one word; what needs no quotes is left readable. `!` is history in an interactive bash. */
export function quoteWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
