// The services found in a container; their credentials are sealed here, bound to their rows, before they are stored.
import { randomUUID } from "node:crypto";
import type { FoundService } from "../ports";
import type { RecordDeps } from "./types";

export async function keepServices(
  { db, vault }: RecordDeps,
  containerId: string,
  found: readonly FoundService[],
): Promise<void> {
  await db.$transaction(async (transaction) => {
    await transaction.containerService.updateMany({
      where: { containerId, name: { notIn: found.map(({ name }) => name) } },
      data: { status: "gone" },
    });
    for (const { name, kind, port, path, credentials } of found) {
      const known = await transaction.containerService.findUnique({
        where: { containerId_name: { containerId, name } },
        select: { id: true },
      });
      const id = known?.id ?? randomUUID();
      const sealed =
        credentials && Object.keys(credentials).length > 0
          ? vault.seal({ table: "ContainerService", row: id, column: "credentials" }, JSON.stringify(credentials))
          : null;
      const data = { kind, port: port ?? null, path: path ?? null, status: "up", credentials: sealed };
      await transaction.containerService.upsert({
        where: { id },
        create: { id, containerId, name, ...data },
        update: data,
      });
    }
  });
}
