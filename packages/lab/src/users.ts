// Users, tokens, roles and ACLs for tests: what a person would do in Proxmox's own screens.

import type { Access } from "./access/access";
import type { Passwords } from "./access/passwords";
import type { Vnet, Vnets } from "./vnets";

export interface LabUsers {
  addUser(what: { userid: string }): Promise<void>;
  /** For POST /access/ticket. */
  setPassword(what: { userid: string; password: string }): Promise<void>;
  setUserEnabled(what: { userid: string; enabled: boolean }): Promise<void>;
  /** Answers the secret. `privsep` (default true) as on a real node; `expire` in seconds since the epoch. */
  addToken(what: { tokenId: string; privsep?: boolean; secret?: string; expire?: number }): Promise<string>;
  addRole(what: { role: string; privileges: string[] }): Promise<void>;
  setAcl(what: { path: string; authid: string; role: string; propagate?: boolean }): Promise<void>;
  /** A virtual network in a zone, as bridges are. */
  addVnet(what: Vnet): Promise<void>;
}

export function createLabUsers(access: Access, passwords: Passwords, vnets: Vnets): LabUsers {
  return {
    addUser: ({ userid }) => Promise.resolve(access.addUser(userid)),
    setPassword: ({ userid, password }) => Promise.resolve(passwords.set(userid, password)),
    setUserEnabled: ({ userid, enabled }) => Promise.resolve(access.setUserEnabled(userid, enabled)),
    addToken: ({ tokenId, ...options }) => Promise.resolve(access.addToken(tokenId, options)),
    addRole: ({ role, privileges }) => Promise.resolve(access.addRole(role, privileges)),
    setAcl: (entry) => Promise.resolve(access.setAcl(entry)),
    addVnet: (vnet) => Promise.resolve(vnets.add(vnet)),
  };
}
