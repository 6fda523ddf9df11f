// Open connections to nodes, shared by the activities of this process: a handshake costs more than most of what we ask.
import type { Channel } from "@homeport/guest";
import { type Proxmox, ProxmoxError } from "@homeport/proxmox";
import { type Ssh, SshError } from "@homeport/ssh";
import { createGuestChannels, type GuestOfRun, keyOf } from "./guest-channels";

/** sshd lets ten sessions share a connection (MaxSessions); a few are left for what outlives its lease. A guest's channel has a lease of its own. */
const LEASES_PER_SSH = 6;
const IDLE_MS = 15_000;

interface Line {
  ssh: Promise<Ssh>;
  leases: number;
  dead: boolean;
  idle?: NodeJS.Timeout;
}

interface Way {
  proxmox: Proxmox;
  leases: number;
  idle?: NodeJS.Timeout;
  lines: Line[];
  guests: ReturnType<typeof createGuestChannels>;
}

interface Lease {
  proxmox: Proxmox;
  ssh(this: void): Promise<Ssh>;
  guest(this: void, guest: GuestOfRun): Promise<Channel>;
  kept(this: void, guest: GuestOfRun): Channel | undefined;
  close(this: void): Promise<void>;
}

/** Answers how to lease one: `key` changes with everything that a connection depends on. */
export function createConnections() {
  const ways = new Map<string, Way>();
  return (key: string, open: { proxmox: () => Proxmox; ssh: () => Promise<Ssh> }): Lease => {
    const way = ways.get(key) ?? openWay(open);
    ways.set(key, way);
    way.leases += 1;
    clearTimeout(way.idle);
    let line: Line | undefined;
    const held = new Map<string, { guest: GuestOfRun; channel: Promise<Channel> }>();
    let closed = false;
    const requireOpen = (): void => {
      if (closed) throw new SshError("aborted", "The step that asks for the connection has ended.");
    };
    return {
      proxmox: way.proxmox,
      async ssh() {
        requireOpen();
        // One that was cut meanwhile is replaced: the try that follows should not meet it again.
        if (line?.dead) giveBack(way, line);
        if (line === undefined || line.dead) line = takeLine(way, open.ssh);
        return line.ssh;
      },
      async guest(guest) {
        requireOpen();
        const name = keyOf(guest);
        const take = () => way.guests.take(guest);
        const before = held.get(name)?.channel;
        const channel = before?.then((known) => (known.isOpen ? known : take()), take) ?? take();
        held.set(name, { guest, channel });
        return channel;
      },
      kept: (guest) => way.guests.kept(guest),
      async close() {
        closed = true;
        for (const { guest, channel } of held.values())
          channel.then(
            (open) => way.guests.giveBack(guest, open),
            () => undefined,
          );
        held.clear();
        if (line) giveBack(way, line);
        line = undefined;
        way.leases -= 1;
        if (way.leases > 0) return;
        way.idle = setTimeout(() => {
          ways.delete(key);
          for (const each of way.lines) hangUp(each);
          way.proxmox.close().catch((error: unknown) => {
            if (!(error instanceof ProxmoxError)) throw error;
          });
        }, IDLE_MS).unref();
      },
    };
  };
}

function openWay(open: { proxmox: () => Proxmox; ssh: () => Promise<Ssh> }): Way {
  const way: Way = {
    proxmox: open.proxmox(),
    leases: 0,
    lines: [],
    guests: createGuestChannels(() => {
      const line = takeLine(way, open.ssh);
      return { ssh: line.ssh, giveBack: () => giveBack(way, line) };
    }),
  };
  return way;
}

function takeLine(way: Way, open: () => Promise<Ssh>): Line {
  const free = way.lines.find(({ dead, leases }) => !dead && leases < LEASES_PER_SSH);
  if (free) {
    clearTimeout(free.idle);
    free.leases += 1;
    return free;
  }
  const line: Line = { ssh: open(), leases: 1, dead: false };
  way.lines.push(line);
  const gone = (): void => {
    line.dead = true;
    way.lines = way.lines.filter((other) => other !== line);
  };
  line.ssh.then(({ closed }) => closed.then(gone), gone);
  return line;
}

function giveBack(way: Way, line: Line): void {
  line.leases -= 1;
  if (line.leases > 0 || line.dead) return;
  line.idle = setTimeout(() => {
    way.lines = way.lines.filter((other) => other !== line);
    hangUp(line);
  }, IDLE_MS).unref();
}

function hangUp({ ssh }: Line): void {
  ssh.then(
    (open) => {
      open.close();
    },
    () => undefined,
  );
}
