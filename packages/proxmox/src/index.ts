// What the rest of Homeport may use of Proxmox's REST API: one typed client, one error class, one probe.
export { classifyTaskExit, type TaskVerdict } from "./classify";
export { connectProxmox, type Proxmox } from "./connect-proxmox";
export type { CreateLxcParams } from "./calls/lxc-params";
export { ProxmoxError, type ProxmoxErrorKind } from "./error";
export { probeCertificate } from "./probe-certificate";
export { formatProperties, parseProperties } from "./property-string";
export { parseUpid, type Upid } from "./upid";
export type {
  ContentVolume,
  LxcConfig,
  LxcStatus,
  NetworkInterface,
  Permissions,
  Resource,
  Storage,
  Vnet,
} from "./wire";
export type { Task, TaskStatus } from "./wire-tasks";
