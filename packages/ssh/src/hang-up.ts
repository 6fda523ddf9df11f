// Ends a command that nobody waits for any more.
import type { ClientChannel } from "ssh2";

/** What ssh2 1.17.0 keeps behind its types; the abort tests fail when an update moves it. */
interface Internals {
  outgoing: { id: number; state: string };
  _client: { _protocol: { signal(channel: number, name: string): void } };
}

/**
 * Tells the host to terminate the command, then closes the channel. Closing alone would only end a command that reads or writes.
 * `channel.signal` does nothing once standard input has ended; RFC 4254 (6.9) has no such rule and sshd obeys.
 */
export function hangUp(channel: ClientChannel): void {
  const { outgoing, _client } = channel as unknown as Internals; // the cast: see `Internals`
  try {
    if (outgoing.state === "open" || outgoing.state === "eof") _client._protocol.signal(outgoing.id, "TERM");
    channel.close();
  } catch {
    // The connection went away in the same moment: there is nothing left to close.
  }
}
