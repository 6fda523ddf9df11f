// Commands inside a memory guest: the runner, a few of Debian's, the coreutils; everything else is 127.

import type { Readable } from "node:stream";
import { RUNNER_PATH } from "@homeport/guest";
import { greetingOf } from "../pct/channel-requests";
import { coreutil } from "../shell/coreutils";
import { newContext, ShellExit, type Io, type ShellContext } from "../shell/run";
import { globalAddresses } from "./addresses";
import { serveChannel } from "./channel";
import type { MemoryGuest } from "./guest";
import { booted, discovery, runRunner } from "./runner";
import type { UnitWorld } from "./units";

const notFound = 127;

export async function runInGuest(
  world: UnitWorld,
  guest: MemoryGuest,
  call: {
    argv: readonly string[];
    env: Readonly<Record<string, string>>;
    io: Io;
    /** Standard input as it comes; absent: none. */
    stream?: Readable;
    signal: AbortSignal;
  },
): Promise<number> {
  let depth = 0;
  const command: ShellContext["command"] = async (argv, io, context) => {
    const [name = "", ...args] = argv;
    depth += 1;
    try {
      const short = name.replace(/^(\/usr)?(\/local)?\/s?bin\//, "");
      if (
        ["sh", "bash", "dash"].includes(short) &&
        args[0] === RUNNER_PATH &&
        guest.fs.read(RUNNER_PATH) !== undefined
      ) {
        return await runRunner(world, guest, { args: args.slice(1), io, signal: call.signal });
      }
      const greeting = short === "sh" ? greetingOf(argv) : undefined;
      if (greeting !== undefined && call.stream !== undefined)
        return await serveChannel(
          greeting,
          ({ argv: asked, stdin }) => inChannel(asked, { ...io, stdin: () => Promise.resolve(stdin) }, context),
          { stdout: io.stdout, stderr: io.stderr, stream: call.stream, life: guest.life.signal },
        );
      const own = debian(world, guest)[short];
      if (own !== undefined) return await own(args, io);
      const known = coreutil(name);
      if (known !== undefined) return await known(args, io, context);
      if (name.startsWith("/") && guest.fs.read(name) !== undefined)
        return await (coreutil("sh")?.([name, ...args], io, context) ?? notFound);
      io.stderr(Buffer.from(depth === 1 ? failedToExec(guest.spec.vmid, name) : `sh: 1: ${name}: not found\n`));
      return notFound;
    } finally {
      depth -= 1;
    }
  };
  // In an environment of its own, and like a command that somebody else began.
  const inChannel = async (argv: readonly string[], io: Io, context: ShellContext): Promise<number> => {
    depth = 0;
    const env = ["HOME", "PATH", "LANG"].map((name) => `${name}=${context.variables.get(name) ?? ""}`);
    const code = await command(["env", "-i", ...env, ...argv], io, context).catch((failure: unknown) => {
      if (failure instanceof ShellExit) return failure.code;
      throw failure;
    });
    world.save(guest);
    return code;
  };
  const context = newContext({ fs: guest.fs, variables: new Map(Object.entries(call.env)), command });
  try {
    return await command(call.argv, call.io, context);
  } catch (failure) {
    if (failure instanceof ShellExit) return failure.code;
    throw failure;
  } finally {
    world.save(guest);
  }
}

function failedToExec(vmid: number, name: string): string {
  return `lxc-attach: ${vmid}: ../src/lxc/attach.c: lxc_attach_run_command: 1841 No such file or directory - Failed to exec "${name}"\n`;
}

type GuestCommand = (args: readonly string[], io: Io) => number | Promise<number>;

function debian(world: UnitWorld, guest: MemoryGuest): Record<string, GuestCommand> {
  const print = (io: Io, text: string): number => (io.stdout(Buffer.from(text)), 0);
  const addresses = () => globalAddresses(guest, { ...world, nowMs: world.clock.now() });
  const installed = (name: string) => guest.packages.includes(name);
  return {
    hostname: (args, io) => print(io, args[0] === "-I" ? `${addresses().join(" ")} \n` : `${guest.spec.hostname}\n`),
    // Seconds, as a script's own; the coreutil of the node's shell waits for nothing.
    sleep: async ([seconds = "0"], io) => {
      if (!/^\d+(\.\d+)?$/.test(seconds)) {
        io.stderr(Buffer.from(`sleep: invalid time interval '${seconds}'\n`));
        return 1;
      }
      if (world.scale > 0) await world.clock.sleep(Number(seconds) * 1000 * world.scale, guest.life.signal);
      return 0;
    },
    whoami: (_, io) => print(io, "root\n"),
    id: (args, io) => print(io, args[0] === "-u" ? "0\n" : "uid=0(root) gid=0(root) groups=0(root)\n"),
    uname: (args, io) => print(io, args[0] === "-m" ? "x86_64\n" : "Linux\n"),
    date: (args, io) =>
      print(
        io,
        args[0] === "+%s"
          ? `${Math.floor(world.clock.now() / 1000)}\n`
          : `${new Date(world.clock.now()).toUTCString()}\n`,
      ),
    systemctl(args, io) {
      if (args[0] === "is-system-running")
        return booted(world, guest) ? print(io, "running\n") : print(io, "starting\n") + 1;
      if (args[0] !== "is-active") return 0;
      const active = discovery(guest).services.length > 0;
      return print(io, active ? "active\n" : "inactive\n") + (active ? 0 : 3);
    },
    "dpkg-query": (args, io) => {
      const name = args.at(-1) ?? "";
      if (installed(name)) return print(io, "installed");
      io.stderr(Buffer.from(`dpkg-query: no packages found matching ${name}\n`));
      return 1;
    },
    ip: (_, io) =>
      print(
        io,
        addresses()
          .map((address) => `2: eth0    inet ${address}/8 scope global eth0\n`)
          .join(""),
      ),
  };
}
