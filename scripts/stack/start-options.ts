// The command line of `npm start`.
import { parseArgs } from "node:util";
import type { LabChoice } from "./lab";

export const HELP = `npm start -- [options]

  --lab=lxc|memory|none   real containers (Linux, root), simulated ones, or no lab node.
                          Default: lxc where it can run, else memory. As root on Debian or
                          Ubuntu, --lab=lxc installs the packages it lacks, saying which.
  --lab-version=9.2|8.4   the Proxmox VE version that the lab speaks (default 9.2)
  --port=N                port of the dashboard (default 3000, the next free one when busy)
  --fresh                 deletes all data first, the lab's containers too, after asking
  --yes                   answers that question with yes
  --reset-link=ADDRESS    makes a link that sets a new password for the account with
                          this address, and asks it for no code or passkey any more
                          (stop Homeport first)
  --help                  this text

Environment: DATABASE_URL and TEMPORAL_ADDRESS (with TEMPORAL_NAMESPACE, TEMPORAL_UI_URL) use servers that run
already; HOMEPORT_URL is the address that people type (behind a reverse proxy), HOMEPORT_TRUSTED_PROXIES the addresses
of proxies whose X-Forwarded-For is believed; HOMEPORT_HOME keeps the state elsewhere (default .homeport); HOMEPORT_CACHE keeps downloads elsewhere; HOMEPORT_SMTP_URL,
HOMEPORT_SMTP_USER, HOMEPORT_SMTP_PASSWORD_FILE and HOMEPORT_MAIL_FROM are the mail server (without one, mails are kept in the mailbox, /mails).`;

export interface StartOptions {
  lab: LabChoice;
  labVersion: string;
  port: number | undefined;
  fresh: boolean;
  yes: boolean;
  /** An account's e-mail address. */
  resetLink: string | undefined;
  help: boolean;
}

/** Throws a sentence about what is wrong. */
export function parseStartOptions(argv: readonly string[]): StartOptions {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      lab: { type: "string", default: "auto" },
      "lab-version": { type: "string", default: "9.2" },
      port: { type: "string" },
      fresh: { type: "boolean", default: false },
      yes: { type: "boolean", default: false },
      "reset-link": { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  const { fresh, yes, help, "lab-version": labVersion, "reset-link": resetLink } = values;
  return {
    lab: oneOf("--lab", values.lab, ["lxc", "memory", "none", "auto"]),
    labVersion: oneOf("--lab-version", labVersion, ["9.2", "8.4"]),
    port: values.port === undefined ? undefined : portOf(values.port),
    resetLink,
    fresh,
    yes,
    help,
  };
}

function oneOf<T extends string>(option: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((each) => each === value);
  if (found === undefined) throw new Error(`${option}=${value} is not known: use ${allowed.join(", ")}.`);
  return found;
}

function portOf(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new Error(`--port=${text} is not a port.`);
  return port;
}
