// What of a config is mounted where: the root disk and the mount points.

import { mountFormat, rootfsFormat } from "../schema/lxc";
import { properties, toGib } from "./properties";

export type Options = Readonly<Record<string, string>>;

export interface Mount {
  /** `rootfs` or `mpN`. */
  key: string;
  /** `local-lvm:vm-101-disk-0`; a path of the node when it is a bind mount. */
  volid: string;
  /** Path inside the container. */
  path: string;
  readOnly: boolean;
}

/** The root disk first, then the mount points by number. */
export function mountsOf(options: Options): Mount[] {
  const place = (key: string) => (key === "rootfs" ? -1 : Number(key.slice(2)));
  const keys = Object.keys(options)
    .filter((key) => /^(rootfs|mp\d+)$/.test(key))
    .sort((a, b) => place(a) - place(b));
  return keys.map((key) => {
    const { volume = "", mp = "/", ro } = properties(options[key], key === "rootfs" ? rootfsFormat : mountFormat);
    return { key, volid: volume, path: mp.startsWith("/") ? mp : `/${mp}`, readOnly: ro === "1" };
  });
}

/** `vm-101-disk-0` of `local-lvm:vm-101-disk-0`. */
export function volumeName(volid: string): string {
  return volid.slice(volid.indexOf(":") + 1);
}

/** The size that an option of the config shows, in GiB. */
export function mountGib(options: Options, key: string): number {
  const { size } = properties(options[key], key === "rootfs" ? rootfsFormat : mountFormat);
  return size === undefined ? 0 : toGib(size);
}
