// What a token may do, asked at the paths where Proxmox checks it, and as far as it may ask, what its user may.
import type { TokenRights } from "@homeport/domain/node/node-grants";
import { missingPrivileges, type NeededPrivilege } from "@homeport/domain/node/node-privileges";
import { ProxmoxError, type Permissions, type Proxmox } from "@homeport/proxmox";
import type { Host, Pace } from "../deps";
import { grantedLately, noteGranted } from "../recent";

/** Its user is asked about only when something is lacked. */
export async function readRights(
  { proxmox, token: { user, tokenId } }: Pick<Host, "proxmox" | "token">,
  needed: readonly NeededPrivilege[],
  signal: AbortSignal,
): Promise<TokenRights> {
  const rights: TokenRights = {
    user,
    tokenId,
    effective: await at(proxmox, needed, { signal }),
    ofUser: null,
    separated: null,
  };
  noteGranted(proxmox, rights.effective);
  const missing = missingPrivileges(needed, rights.effective);
  if (missing.length === 0) return rights;
  const [ofUser, separated] = await Promise.all([
    permitted(() => at(proxmox, missing, { signal, userid: user })),
    // Proxmox leaves privsep out of the answer where it is off.
    permitted(async () => {
      const token = (await proxmox.user(user, { signal })).tokens?.[tokenId];
      return token ? token.privsep === true : null;
    }),
  ]);
  return { ...rights, ofUser, separated };
}

/** The same where all of it was granted a while ago (`pace.rightsMs`): a right that is taken away meanwhile is refused by the very call that needs it. */
export async function readGranted(
  host: Pick<Host, "proxmox" | "token">,
  needed: readonly NeededPrivilege[],
  { signal, pace }: { signal: AbortSignal; pace: Pick<Pace, "rightsMs"> },
): Promise<TokenRights> {
  const effective = grantedLately(host, pathsOf(needed), pace);
  if (effective === undefined || missingPrivileges(needed, effective).length > 0)
    return readRights(host, needed, signal);
  const { user, tokenId } = host.token;
  return { user, tokenId, effective, ofUser: null, separated: null };
}

const pathsOf = (needed: readonly NeededPrivilege[]): string[] => [...new Set(needed.map(({ path }) => path))];

/** Exact at each path: the list of all paths leaves out those where nothing is allowed, which reads as if it were inherited. */
async function at(
  proxmox: Proxmox,
  needed: readonly NeededPrivilege[],
  { signal, userid }: { signal: AbortSignal; userid?: string },
): Promise<Permissions> {
  const paths = pathsOf(needed);
  const answers = await Promise.all(paths.map((path) => proxmox.permissions({ path, userid }, { signal })));
  return Object.fromEntries(paths.map((path, index) => [path, answers[index]?.[path] ?? {}]));
}

/** Null where the token may not ask, or the node knows no such call. */
async function permitted<T>(ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask();
  } catch (error) {
    if (
      error instanceof ProxmoxError &&
      (error.kind === "permission" ||
        error.kind === "unsupported" ||
        error.kind === "server" ||
        error.kind === "missing")
    )
      return null;
    throw error;
  }
}
