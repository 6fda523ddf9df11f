// The OS images of the node: those in storage `local`, and the catalogue from which more can be downloaded.

import type { LabHost, OsTemplate } from "./host";
import { readJson, writeJson } from "./persist";
import { formatOf, type StoredFile } from "./stored-files";

export interface OsTemplates {
  /** In storage `local`. */
  present(): Promise<OsTemplate[]>;
  /** All that can be downloaded, whether it is there or not. */
  catalogue(): Promise<OsTemplate[]>;
  /** As a finished download leaves it. */
  add(file: string): void;
  /** As `pveam remove` does. */
  remove(file: string): void;
  /** As before the first `pveam update`: the catalogue is empty. */
  forgetCatalogue(): void;
  /** `pveam update` */
  update(): void;
}

/** Which images differ from what the host has; kept in `path`, so that it survives a restart. */
interface Changes {
  added: string[];
  removed: string[];
  /** No catalogue has been fetched. */
  bare?: boolean;
}

export function openOsTemplates(
  path: string,
  host: Pick<LabHost, "templates" | "catalogue">,
  uploaded: () => readonly StoredFile[] = () => [],
): OsTemplates {
  let changes = readJson<Changes>(path) ?? { added: [], removed: [] };
  const keep = (next: Changes) => {
    changes = next;
    writeJson(path, changes);
  };
  const everything = () => host.catalogue?.() ?? host.templates();
  const catalogue = () => (changes.bare === true ? Promise.resolve([]) : everything());
  return {
    catalogue,
    async present() {
      const own = await host.templates();
      const given = uploaded()
        .filter(({ content }) => content === "vztmpl")
        .map((one) => ({ file: one.file, sizeBytes: one.sizeBytes, format: formatOf(one) }));
      const downloaded = (await everything()).filter(
        ({ file }) => changes.added.includes(file) && !given.some((one) => one.file === file),
      );
      const more = [...downloaded, ...given].filter(({ file }) => !own.some((one) => one.file === file));
      return [...own, ...more].filter(({ file }) => !changes.removed.includes(file));
    },
    forgetCatalogue: () => keep({ ...changes, bare: true }),
    update: () => keep({ ...changes, bare: false }),
    add: (file) =>
      keep({
        ...changes,
        added: [...new Set([...changes.added, file])],
        removed: changes.removed.filter((one) => one !== file),
      }),
    remove: (file) =>
      keep({
        ...changes,
        added: changes.added.filter((one) => one !== file),
        removed: [...new Set([...changes.removed, file])],
      }),
  };
}
