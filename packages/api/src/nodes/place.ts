// Judges where a node is said to be, whatever its name resolves to.
import { AppError } from "@homeport/domain/error";
import { whyNotAddress } from "@homeport/domain/node/node-address";
import type { Deps } from "../deps";

/**
 * Refuses addresses that no node of a lab has. A name that does not resolve now is left to the probe, which says so.
 * What it resolves to later is not judged again; but nothing is sent before a person has confirmed the identity found there.
 */
export async function requireUsablePlace(
  { config, resolve }: Deps,
  { host, port, sshPort }: { host: string; port: number; sshPort: number },
): Promise<void> {
  const addresses = await resolve(host).catch(() => []);
  for (const address of [host, ...addresses]) {
    for (const [field, one] of [
      ["host", port],
      ["sshPort", sshPort],
    ] as const) {
      const why = whyNotAddress({ host: address, port: one }, config.nodes);
      if (why !== undefined) throw new AppError("node.address", why, { fields: { [field]: why } });
    }
  }
}
