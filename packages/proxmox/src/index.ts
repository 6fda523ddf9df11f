// What the rest of Homeport may use of Proxmox's REST API: one typed client, one error class, one probe.
export { classifyTaskExit, type TaskVerdict } from "./classify";
export { connectProxmox, type Proxmox, type ProxmoxOptions, type ProxmoxTarget } from "./connect-proxmox";
export type { LxcDestroyParams, LxcResizeParams, LxcShutdownParams } from "./calls/lxc";
export type { CreateLxcParams, LxcConfigParams } from "./calls/lxc-params";
export type { TaskFilter } from "./calls/tasks";
export { ProxmoxError, type ProxmoxErrorKind } from "./error";
export { type Certificate, probeCertificate } from "./probe-certificate";
export { formatProperties, parseProperties } from "./property-string";
export type { CallOptions } from "./transport";
export { type ParsedUpid, parseUpid, type Upid } from "./upid";
export type {
  Appliance,
  CertificateInfo,
  ClusterEntry,
  ContentVolume,
  LxcConfig,
  LxcEntry,
  LxcInterface,
  LxcStatus,
  NetworkInterface,
  Node,
  NodeStatus,
  NodeTime,
  Permissions,
  Resource,
  Storage,
  User,
  Version,
  Vnet,
} from "./wire";
export type { Task, TaskLog, TaskStatus } from "./wire-tasks";
