// What the rest of Homeport may use of SSH: a connection to a pinned host, and `pct` over it.
export { connectSsh } from "./connect-ssh";
export type { ExecResult } from "./exec";
export { OsImageError, readOsImage, type ImageEntry } from "./os-image";
export { pct, type Pct } from "./pct";
export { PctError, type PctErrorKind } from "./pct-error";
export { probeHostKey } from "./probe-host-key";
export type { Ssh } from "./ssh";
export { SshError, type SshAuthReason, type SshErrorKind } from "./ssh-error";
