// What must never be stored in the open about a step: opened here, held in memory while the step runs, and nowhere else.
import { z } from "zod";
import type { StepAt } from "../step-at";
import type { RecordDeps } from "./types";

/** Credentials that only name something; to mask "app" or "10.0.0.5" would make a log unreadable and protect nothing. */
const names = new Set([
  "user",
  "username",
  "login",
  "name",
  "database",
  "db",
  "host",
  "port",
  "email",
  "path",
  "public-key",
  "endpoint",
]);

const Credentials = z.record(z.string(), z.string());

export async function knownSecrets({ db, vault }: RecordDeps, { nodeId, containerId }: StepAt): Promise<string[]> {
  const [node, services] = await Promise.all([
    db.proxmoxNode.findUnique({
      where: { id: nodeId },
      select: { tokenSecret: true, sshPassword: true, sshPrivateKey: true },
    }),
    db.containerService.findMany({
      where: { containerId, credentials: { not: null } },
      select: { id: true, credentials: true },
    }),
  ]);
  const ofNode = (["tokenSecret", "sshPassword", "sshPrivateKey"] as const).flatMap((column) => {
    const sealed = node?.[column];
    return sealed ? [vault.open({ table: "ProxmoxNode", row: nodeId, column }, sealed)] : [];
  });
  const ofServices = services.flatMap(({ id, credentials }) => {
    const opened = Credentials.parse(
      JSON.parse(vault.open({ table: "ContainerService", row: id, column: "credentials" }, credentials ?? "")),
    );
    return Object.entries(opened).flatMap(([key, value]) => (names.has(key) ? [] : [value]));
  });
  return [...ofNode, ...ofServices];
}
