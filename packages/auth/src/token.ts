// Session tokens: the browser holds the token, the database only its hash, the screen an id that is neither.
import { createHash, randomBytes } from "node:crypto";

const TOKEN_BYTES = 32;

/** 256 random bits, in the alphabet of cookies and URLs. */
export function newToken(): string {
  return randomBytes(TOKEN_BYTES).toString("base64url");
}

/** What the database stores. No salt or stretching: the token is too long to be guessed. */
export function hashToken(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

/** Names a session on the screen; from it neither the token nor the row's id can be had. */
export function publicSessionId(sessionId: string): string {
  return createHash("sha256").update(`public:${sessionId}`).digest("hex").slice(0, 24);
}
