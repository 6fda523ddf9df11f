// Who acts: a token over HTTPS, or root over SSH.

export interface Actor {
  /** Full id: `root@pam!homeport`, or `root@pam` for pct over SSH. */
  authid: string;
  /** Without the token's name. */
  user: string;
  tokenName?: string;
  /** Literal root@pam; no token ever is, not even one of root's without privilege separation. */
  root: boolean;
}

export function actorOf(authid: string): Actor {
  const [user = authid, tokenName] = authid.split("!");
  return tokenName === undefined
    ? { authid, user, root: authid === "root@pam" }
    : { authid, user, tokenName, root: false };
}
