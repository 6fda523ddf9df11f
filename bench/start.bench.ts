// Start to first page, cold and warm, over the time that its slowest parts need one after the other, alone.
import path from "node:path";
import { startPostgres } from "../prisma/src/embedded";
import { prepareTemporal, startTemporal } from "../scripts/stack/temporal-server";
import { choosePorts } from "../scripts/stack/ports";
import { timed, type Figure } from "./figures";

export async function benchStart({
  dir,
  coldMs,
  warmMs,
}: {
  dir: string;
  coldMs: number;
  warmMs: number;
}): Promise<Figure[]> {
  const quiet = () => undefined;
  const postgresMs = await timed(async () => {
    const postgres = await startPostgres({ dir: path.join(dir, "alone-postgres") });
    await postgres.stop();
  });
  const ports = await choosePorts({ file: path.join(dir, "alone-ports.json"), wanted: {}, any: true, print: quiet });
  const temporalMs = await timed(async () => {
    const at = path.join(dir, "alone-temporal");
    const temporal = await startTemporal(
      await prepareTemporal(at, quiet),
      { dir: at, log: path.join(dir, "alone-temporal.log") },
      { ports, onSpawn: quiet },
    );
    await temporal.stop();
  });
  const against = postgresMs + temporalMs;
  return [
    {
      name: "first start to first page",
      ours: coldMs,
      against,
      unit: "ms",
      of: "with migrations, lab, worker, seed and the dashboard's build when stale, over PostgreSQL's and Temporal's own start on empty folders",
    },
    { name: "later start to first page", ours: warmMs, against, unit: "ms", of: "the same, everything there" },
  ];
}
