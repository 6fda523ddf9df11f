// Files that were uploaded or downloaded by URL into storage `local`: names and sizes; the lab keeps no bytes.

import { readJson, writeJson } from "./persist";

export interface StoredFile {
  content: "vztmpl" | "iso";
  file: string;
  sizeBytes: number;
  /** Seconds since the epoch. */
  ctime: number;
}

export interface StoredFiles {
  all(): StoredFile[];
  /** Replaces one of the same name. */
  add(file: StoredFile): void;
  remove(content: string, file: string): void;
}

export function openStoredFiles(path: string): StoredFiles {
  let kept = readJson<StoredFile[]>(path) ?? [];
  const keep = (next: StoredFile[]) => {
    kept = next;
    writeJson(path, kept);
  };
  const others = (content: string, file: string) => kept.filter((one) => one.content !== content || one.file !== file);
  return {
    all: () => kept,
    add: (file) => keep([...others(file.content, file.file), file]),
    remove: (content, file) => keep(others(content, file)),
  };
}

/** As Proxmox spells a template's format: `tzst`, `txz`, `tgz`, `tbz2`, `tar`. */
export function formatOf({ content, file }: Pick<StoredFile, "content" | "file">): string {
  if (content === "iso") return "iso";
  const { ext = "" } = /\.tar\.(?<ext>gz|xz|zst|bz2)$/.exec(file)?.groups ?? {};
  return `t${ext === "" ? "ar" : ext}`;
}
