// pveum as root types it on the node: users, tokens, roles and access entries (pve-access-control, CLI/pveum.pm, API2/ACL.pm).

import type { Access } from "../access/access";
import type { Core } from "../core";
import { messageOf } from "../http/api-error";
import type { Io } from "../shell/run";
import { parseWords, Usage, type Words } from "./words-of";

const refused = 255;

export function pveum(core: Core, args: readonly string[], io: Io): number {
  const verb = Object.keys(verbs).find((name) => name.split(" ").every((word, index) => args[index] === word));
  try {
    if (verb === undefined) throw new Usage(`ERROR: unknown command 'pveum ${args.join(" ")}'`);
    const output = verbs[verb]?.(core.access, parseWords(args.slice(verb.split(" ").length))) ?? "";
    if (output !== "") io.stdout(Buffer.from(output));
    return 0;
  } catch (failure) {
    io.stderr(Buffer.from(`${messageOf(failure).trimEnd()}\n`));
    return refused;
  }
}

/** What it prints, if anything. */
const verbs: Record<string, (access: Access, words: Words) => string | undefined> = {
  "user add"(access, { at }) {
    access.addUser(at(0, "userid"));
    return undefined;
  },
  "user token add"(access, { at, option }) {
    const [user, name] = [at(0, "userid"), at(1, "tokenid")];
    if (!access.hasUser(user)) throw new Usage(`no such user ('${user}')`);
    const id = `${user}!${name}`;
    if (access.token(id) !== undefined)
      throw new Usage("400 Parameter verification failed.\ntokenid: Token already exists.");
    const privsep = option("privsep") !== "0";
    const value = access.addToken(id, { privsep });
    return `${JSON.stringify({ "full-tokenid": id, info: { privsep: privsep ? "1" : "0" }, value })}\n`;
  },
  "user token modify"(access, { at, option }) {
    const id = `${at(0, "userid")}!${at(1, "tokenid")}`;
    const token = access.token(id);
    if (token === undefined) throw new Usage(`no such token '${at(1, "tokenid")}' for user '${at(0, "userid")}'`);
    access.addToken(id, {
      secret: token.secret,
      expire: token.expire,
      privsep: (option("privsep") ?? (token.privsep ? "1" : "0")) !== "0",
    });
    return undefined;
  },
  "role add"(access, { at, option }) {
    const role = at(0, "roleid");
    if (access.hasRole(role)) throw new Usage(`role '${role}' already exists`);
    access.addRole(role, list(option("privs")));
    return undefined;
  },
  "acl modify"(access, words) {
    for (const entry of entries(access, words)) access.setAcl(entry);
    return undefined;
  },
  "acl delete"(access, words) {
    for (const entry of entries(access, words)) access.deleteAcl(entry);
    return undefined;
  },
};

function entries(access: Access, { at, option }: Words) {
  const path = at(0, "path");
  const [users, tokens, roles] = [list(option("users")), list(option("tokens")), list(option("roles"))];
  if (roles.length === 0)
    throw new Usage("400 not enough arguments\npveum acl modify <path> --roles <string> [OPTIONS]");
  if (users.length + tokens.length === 0)
    throw new Usage(
      "400 Parameter verification failed.\nusers: either 'users', 'groups' or 'tokens' must be specified",
    );
  const unknown = [
    ...users.filter((user) => !access.hasUser(user)).map((user) => `user '${user}' does not exist`),
    ...tokens
      .filter((id) => access.token(id) === undefined)
      .map((id) => `no such token '${id.split("!")[1] ?? ""}' for user '${id.split("!")[0] ?? ""}'`),
    ...roles.filter((role) => !access.hasRole(role)).map((role) => `role '${role}' does not exist`),
  ];
  if (unknown[0] !== undefined) throw new Usage(unknown[0]);
  const propagate = option("propagate") !== "0";
  return [...users, ...tokens].flatMap((authid) => roles.map((role) => ({ path, authid, role, propagate })));
}

/** As PVE::Tools::split_list does. */
function list(text: string | undefined): string[] {
  return (text ?? "").split(/[\s,;]+/).filter((one) => one !== "");
}
