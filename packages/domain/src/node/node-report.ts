// What a probe of a node found, line by line, and what the node offers to the wizard.
import { z } from "zod";
import type { NodeReasonCode } from "./node-reason";

export const NodeReportLine = z.object({
  /** Stable: "api", "version", "privileges", "ssh", "pct", "storage", "templates", "bridges", "os-templates". */
  id: z.string(),
  label: z.string(),
  state: z.enum(["ok", "warning", "failed", "skipped"]),
  detail: z.string(),
  /** The exact command, typed on the node as root, that mends it; one of domain/node/node-commands. */
  fix: z.string().optional(),
});
export const NodeReport = z.object({ lines: z.array(NodeReportLine) });
export type NodeReport = z.infer<typeof NodeReport>;
export type NodeReportLine = z.infer<typeof NodeReportLine>;

export const NodeInventory = z.object({
  storages: z.array(
    z.object({
      name: z.string(),
      type: z.string(),
      availableBytes: z.number(),
      totalBytes: z.number(),
      forContainers: z.boolean(),
      forTemplates: z.boolean(),
    }),
  ),
  /** `zone`: of a virtual network, where it is known. */
  bridges: z.array(z.object({ name: z.string(), cidr: z.string().optional(), zone: z.string().optional() })),
  osTemplates: z.array(z.object({ volid: z.string(), sizeBytes: z.number() })),
  /** File names of OS images that the node can download; Proxmox does not say how large they are. */
  downloads: z.array(z.string()).default([]),
  /** Storages whose content could not be read at the last check: their OS templates are those of an earlier one. */
  unreadStorages: z.array(z.string()).optional(),
});
export type NodeInventory = z.infer<typeof NodeInventory>;

/** `fresh` with what was known before of storages that could not be read now. */
export function keepUnread(fresh: NodeInventory, before: NodeInventory | undefined): NodeInventory {
  const kept = (before?.osTemplates ?? []).filter(({ volid }) =>
    fresh.unreadStorages?.some((storage) => volid.startsWith(`${storage}:`)),
  );
  return { ...fresh, osTemplates: [...fresh.osTemplates, ...kept] };
}

/** Presented by a server on its TLS port, before anything was sent to it. */
export const SeenCertificate = z.object({
  fingerprint: z.string(),
  subject: z.string(),
  issuer: z.string(),
  names: z.array(z.string()),
  notBefore: z.string(),
  notAfter: z.string(),
});
export type SeenCertificate = z.infer<typeof SeenCertificate>;

/** The worst line decides what state the node is in after a probe that reached it. */
export function reportState(report: NodeReport): {
  state: "online" | "needs_attention";
  reason: NodeReasonCode | null;
} {
  const failed = report.lines.filter((line) => line.state === "failed");
  const [first] = failed;
  if (!first) return { state: "online", reason: null };
  const { label, detail } = first;
  return { state: "needs_attention", reason: { why: "report", label, detail, more: failed.length - 1 } };
}
