// The ways into guests, one for each run: `pct exec` takes a node most of a second to begin, so what it opened is kept from step to step.
import { type Channel, openChannel } from "@homeport/guest";
import { pct, type Ssh } from "@homeport/ssh";

export interface GuestOfRun {
  runId: string;
  vmid: number;
}

interface Line {
  ssh: Promise<Ssh>;
  giveBack(this: void): void;
}

/** A channel is kept and taken by it. */
export const keyOf = ({ runId, vmid }: GuestOfRun): string => `${runId} ${vmid}`;

const IDLE_MS = 15_000;
/** What a guest's end may take to go when it was let go. */
const FAREWELL_MS = 5_000;

/**
 * A channel belongs to whoever took it until it is given back, and is never another run's. It is a process in one life of one guest: it
 * ends when that guest stops, and cannot lead into whatever has the VMID then. Opening one asserts nothing: the caller has checked whose
 * guest it is.
 */
export function createGuestChannels(takeLine: () => Line) {
  const idle = new Map<string, { channel: Channel; timer: NodeJS.Timeout }>();
  const pick = (key: string): Channel | undefined => {
    const kept = idle.get(key);
    if (kept === undefined) return undefined;
    clearTimeout(kept.timer);
    idle.delete(key);
    return kept.channel;
  };

  return {
    async take(guest: GuestOfRun): Promise<Channel> {
      const kept = pick(keyOf(guest));
      if (kept?.isOpen === true) return kept;
      const line = takeLine();
      try {
        const shell = pct(await line.ssh);
        const channel = openChannel((argv, io) => shell.exec(guest.vmid, argv, io));
        void channel.ended.then(line.giveBack);
        return channel;
      } catch (error) {
        line.giveBack();
        throw error;
      }
    },
    /** What an earlier step of the run left open; not taken. */
    kept(guest: GuestOfRun): Channel | undefined {
      const channel = idle.get(keyOf(guest))?.channel;
      return channel?.isOpen === true ? channel : undefined;
    },
    giveBack(guest: GuestOfRun, channel: Channel): void {
      if (!channel.isOpen) return;
      // Of an answer that nobody waits for any more the next one could not be told apart in time.
      if (channel.waiting > 0) return channel.abort(new Error("its step is over"));
      const key = keyOf(guest);
      const other = pick(key);
      if (other !== undefined) letGo(other);
      const timer = setTimeout(() => {
        idle.delete(key);
        letGo(channel);
      }, IDLE_MS).unref();
      idle.set(key, { channel, timer });
    },
  };
}

/** The process inside ends with its standard input; in a frozen guest it does not. */
function letGo(channel: Channel): void {
  channel.close();
  const timer = setTimeout(() => channel.abort(new Error("it did not end")), FAREWELL_MS).unref();
  void channel.ended.then(() => clearTimeout(timer));
}
