// What a command line sent over SSH finds on the node: pct, a few Proxmox tools, coreutils, a private staging file system.

import type { Readable } from "node:stream";
import type { Core } from "../core";
import { pct } from "../pct/pct";
import { coreutil } from "../shell/coreutils";
import { createFs, type MemoryFs } from "../shell/memory-fs";
import { newContext, runShell, ShellExit, type Io, type ShellContext } from "../shell/run";
import { openssl, sshKeygen } from "./fingerprints";
import { pveam } from "./pveam";
import { pvesm } from "./pvesm";
import { pveum } from "./pveum";
import { tar } from "./tar";

export interface Session extends Io {
  /** The session's own standard input, for commands that stream it on. */
  stream: Readable;
  signal: AbortSignal;
  /** Ends the connection without a word. */
  cut(): void;
}

export interface NodeShell {
  /** Exit code of the command line. */
  run(command: string, session: Session): Promise<number>;
  /** Files on the node; in memory, so nothing of the host is touched. */
  fs: MemoryFs;
}

export function createNodeShell(core: Core): NodeShell {
  const fs = createFs();
  fs.write("/etc/hostname", Buffer.from(`${core.facts.name}\n`));
  fs.mkdir("/etc/pve/local", true);
  fs.mkdir("/etc/ssh", true);
  const print = (io: Io, text: string): number => (io.stdout(Buffer.from(text)), 0);
  const { release } = core;

  const commandIn = (session: Session): ShellContext["command"] => {
    return async (argv, io, context) => {
      const [name = "", ...args] = argv;
      const short = name.replace(/^(\/usr)?\/s?bin\//, "");
      if (short === "pct") {
        const inherited = io.stdin === session.stdin ? session.stream : undefined;
        const env = { ...sessionEnv, ...Object.fromEntries(context.variables) };
        return pct(core, { args, io, session, fs, env, ...(inherited === undefined ? {} : { inherited }) });
      }
      if (short === "pvesm") return pvesm(core, args, io);
      if (short === "pveum") return pveum(core, args, io);
      if (short === "pveam") return pveam(core, args, io);
      if (short === "openssl") return openssl(args, io);
      if (short === "ssh-keygen") return sshKeygen(args, io);
      if (short === "tar") return tar(core, args, io);
      if (short === "pveversion")
        return print(io, `pve-manager/${release.version}/${release.repoid} (running kernel: 6.14.11-4-pve)\n`);
      if (short === "hostname") return print(io, `${core.facts.name}\n`);
      if (short === "whoami") return print(io, "root\n");
      if (short === "id") return print(io, args[0] === "-u" ? "0\n" : "uid=0(root) gid=0(root) groups=0(root)\n");
      if (short === "uname") return print(io, args[0] === "-m" ? "x86_64\n" : "Linux\n");
      const known = coreutil(name);
      if (known !== undefined) return known(args, io, context);
      io.stderr(Buffer.from(`bash: line 1: ${name}: command not found\n`));
      return 127;
    };
  };

  return {
    fs,
    async run(command, session) {
      if (core.faults.shellPrints !== "")
        for (const print of [session.stdout, session.stderr]) print(Buffer.from(core.faults.shellPrints));
      // Both are made anew by faults.
      fs.write("/etc/pve/local/pve-ssl.pem", Buffer.from(core.certificatePem()));
      fs.write("/etc/ssh/ssh_host_ed25519_key.pub", Buffer.from(core.hostKeyLine()));
      const context = newContext({
        fs,
        command: commandIn(session),
        positional: ["bash"],
        variables: new Map(Object.entries(sessionEnv)),
      });
      try {
        return await runShell(command, context, session);
      } catch (failure) {
        if (failure instanceof ShellExit) return failure.code;
        throw failure;
      }
    },
  };
}

/** What sshd gives root; pct hands it on to a container unless it is told not to. */
const sessionEnv: Record<string, string> = {
  SHELL: "/bin/bash",
  PWD: "/root",
  LOGNAME: "root",
  HOME: "/root",
  LANG: "C.UTF-8",
  USER: "root",
  PATH: "/sbin:/bin:/usr/sbin:/usr/bin",
};
