// What an OS image holds, read on the node as root without unpacking it.

import { readOsImage } from "@homeport/ssh";
import { beforeEach, expect, test } from "vitest";
import type { Target } from "./target";

export function imagesContract(at: () => Target): void {
  beforeEach(({ skip }) => {
    if (at().ssh === undefined) skip("no SSH access");
  });
  const read = async (paths: string[], volid = at().ostemplate) => {
    const { ssh } = at();
    return ssh === undefined ? [] : [...(await readOsImage(ssh, { volid, paths }, { timeoutMs: 60_000 })).values()];
  };

  test("a file comes with its content, a link as a link, a directory as one, and nothing as nothing", async () => {
    const [version, release, directory, behind, nothing] = await read([
      "/etc/debian_version",
      "/etc/os-release",
      "/etc",
      "/lib/homeport",
      "/etc/homeport-none",
    ]);
    expect(version).toMatchObject({ kind: "file", permissions: "rw-r--r--" });
    expect(version?.kind === "file" && version.content?.toString()).toMatch(/^\d+\.\d+\n$/);
    expect([release, directory, behind, nothing]).toEqual([
      { kind: "link", at: "/etc/os-release", to: "../usr/lib/os-release" },
      { kind: "directory" },
      { kind: "link", at: "/lib", to: "usr/lib" },
      { kind: "absent" },
    ]);
  });

  test("an image or a storage that is not there is refused in the node's words", async () => {
    await expect(read(["/etc/motd"], at().ostemplate.replace(/\/.*/, "/none.tar.zst"))).rejects.toMatchObject({
      name: "OsImageError",
      message: /none\.tar\.zst: Cannot open: No such file or directory$/,
    });
    await expect(read(["/etc/motd"], "nowhere:vztmpl/none.tar.zst")).rejects.toMatchObject({
      name: "OsImageError",
      message: "storage 'nowhere' does not exist",
    });
  });
}
