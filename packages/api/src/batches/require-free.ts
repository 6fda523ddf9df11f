// Whether a batch's names, VMIDs and addresses are free on the node: refused as a whole, with everything that is not.
import type { DbOrTransaction } from "@homeport/db/client";
import type { ContainerSpec } from "@homeport/domain/container/container-input";
import { AppError } from "@homeport/domain/error";
import { takenAddresses } from "@homeport/domain/container/lan";
import { readLans, type HeldLan } from "../containers/lans";

interface Asked {
  nodeId: string;
  /** It said itself just now who has which VMID: what the last poll saw there is older. */
  nodeJustAsked: boolean;
}

/** Throws a conflict with `fields` such as "items.3.hostname"; the number is the place in `specs`, from 0. */
export async function requireFree(
  transaction: DbOrTransaction,
  node: Asked,
  specs: readonly ContainerSpec[],
): Promise<void> {
  const conflicts = await findConflicts(transaction, node, specs);
  const reasons = conflicts.flatMap((problems) => Object.values(problems));
  const [first] = reasons;
  if (first === undefined) return;
  const fields = Object.fromEntries(
    conflicts.flatMap((problems, index) =>
      Object.entries(problems).map(([field, reason]) => [`items.${index}.${field}`, reason]),
    ),
  );
  const faulty = conflicts.filter((problems) => Object.keys(problems).length > 0).length;
  throw new AppError(
    "batch.items",
    `${faulty} of ${specs.length} cannot be made. ${first}${reasons.length > 1 ? ` And ${reasons.length - 1} more.` : ""}`,
    { fields },
  );
}

/** For each spec what is held by others, by "hostname", "vmid", "network.address" and "network.ipv6.address"; empty where all is free. */
export async function findConflicts(
  transaction: DbOrTransaction,
  node: Asked,
  specs: readonly ContainerSpec[],
): Promise<Record<string, string>[]> {
  const held = await readHeld(transaction, node, specs);
  return specs.map((spec) => problemsOf(spec, held));
}

interface Held {
  hostnames: ReadonlySet<string>;
  vmids: ReadonlyMap<number, string>;
  lans: readonly HeldLan[];
}

function problemsOf(spec: ContainerSpec, { hostnames, vmids, lans }: Held): Record<string, string> {
  const { hostname, vmid } = spec;
  const problems: Record<string, string> = {};
  if (hostnames.has(hostname.toLowerCase()))
    problems.hostname = `This node has a container called ${hostname} already.`;
  const holder = vmid === null ? undefined : vmids.get(vmid);
  if (holder !== undefined) problems.vmid = `VMID ${vmid} is taken by ${holder}.`;
  return { ...problems, ...takenAddresses(spec, lans) };
}

async function readHeld(
  transaction: DbOrTransaction,
  { nodeId, nodeJustAsked }: Asked,
  specs: readonly ContainerSpec[],
): Promise<Held> {
  const asked = nodeJustAsked ? [] : specs.flatMap(({ vmid }) => (vmid === null ? [] : [vmid]));
  const containers = await transaction.container.findMany({
    where: { nodeId, lifecycle: { not: "deleted" } },
    select: { hostname: true, vmid: true },
  });
  const guests =
    asked.length === 0
      ? []
      : await transaction.guestObservation.findMany({
          where: { nodeId, vmid: { in: [...asked] } },
          select: { vmid: true, name: true, kind: true },
        });
  const seen = guests.map(({ vmid, name, kind }): [number, string] => [
    vmid,
    `the ${kind === "qemu" ? "virtual machine" : "container"} ${name ?? "without a name"}`,
  ]);
  return {
    hostnames: new Set(containers.map(({ hostname }) => hostname.toLowerCase())),
    vmids: new Map([
      ...seen,
      ...containers.flatMap(({ vmid, hostname }): [number, string][] =>
        vmid === null ? [] : [[vmid, `the container ${hostname}`]],
      ),
    ]),
    lans: await readLans(transaction, { nodeId, for: specs }),
  };
}
