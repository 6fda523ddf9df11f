// Faults that a person can type: words in a hostname. The table is also what the README prints.

export const hostnameFaults = {
  "fail-create": "the create task ends in an error and leaves nothing behind",
  "slow-create": "creating takes ten times as long",
  "warn-create": "the create task ends as `TASK WARNINGS: 1`",
  "reply-lost": "the create is carried out, but the connection is cut before its answer",
  "fail-start": "the start task ends in an error",
  "slow-start": "starting takes ten times as long",
  "dies-early": "the container stops by itself a moment after each start",
  "no-address": "the container never gets an address from DHCP",
  "drop-ssh": "the SSH connection is cut once in the middle of the first long command inside",
  "fail-exec": "every `pct exec` of the container ends with 255",
  "ignore-shutdown": "the container ignores a shutdown",
  "fail-destroy": "the destroy task ends in an error",
} as const;

export type HostnameFault = keyof typeof hostnameFaults;

/** Whether `word` stands in the hostname, alone or between dashes and dots: `web-fail-start-2`. */
export function hasFault(hostname: string, word: HostnameFault): boolean {
  return `-${hostname.replaceAll(".", "-")}-`.includes(`-${word}-`);
}
