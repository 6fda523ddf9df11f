// What happened to a container: the only writer of its events. A code and its data are stored; the sentence is made where it is read.
import type { DbOrTransaction } from "@homeport/db/client";
import type { ContainerEvent } from "@homeport/domain/container/container-event";

export async function recordEvent(
  within: DbOrTransaction,
  containerId: string,
  { type, ...metadata }: ContainerEvent,
): Promise<void> {
  await within.containerEvent.create({ data: { containerId, type, metadata }, select: { id: true } });
}
