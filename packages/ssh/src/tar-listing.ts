// What GNU tar prints about members with `-vv`, taken apart; seen with 1.34 and 1.35 under LC_ALL=C.UTF-8.

/** `type`: "-" a file, "d" a directory, "l" a link, "h" a hard link, and what else `ls` would print first. */
export interface TarEntry {
  type: string;
  /** As `ls` prints it after the type: "rw-r--r--". */
  permissions: string;
  sizeBytes: number;
  /** The name, and after it what the line says of links: " -> usr/lib", " link to ./etc/motd". Quoted in tar's style "escape". */
  words: string;
}

/** Type and permissions, an ACL's sign, owner, size (or a device's numbers), date, time, name. */
const LINE =
  /^([-a-zA-Z])([-rwxsStT]{9})[.+@]? +\S+ +(\d+)(?:,\d+)? +\d{4}-\d\d-\d\d \d\d:\d\d(?::\d\d(?:\.\d+)?)? (.*)$/;

/** `complaints`: the lines of tar itself, without its name. */
export function parseListing(text: string): { entries: TarEntry[]; complaints: string[] } {
  const entries: TarEntry[] = [];
  const complaints: string[] = [];
  for (const line of text.split("\n")) {
    const [, type, permissions = "", size, words = ""] = LINE.exec(line) ?? [];
    if (type !== undefined) entries.push({ type, permissions, sizeBytes: Number(size), words });
    else if (line !== "") complaints.push(line.replace(/^(?:\S*\/)?tar: /, ""));
  }
  return { entries, complaints };
}

/** Of exit code 2, what only says that a name was not there, and what is a remark. The rest means that the archive was not read. */
const HARMLESS =
  /: Not found in archive$|^Exiting with failure status|^A lone zero block|^Removing leading|^Ignoring unknown extended header|: implausibly old time stamp|: time stamp .* in the future$/;

/** Why the archive could not be read; `undefined` when it was. */
export function whyUnread(code: number | null, complaints: readonly string[]): string | undefined {
  if (code === 0) return undefined;
  const serious = complaints.find((line) => !HARMLESS.test(line));
  if (serious !== undefined) return serious;
  return code === 2 ? undefined : `tar ended with exit code ${code ?? "none"}`;
}
