import { expect, test } from "vitest";
import { CreateNodeInput } from "./node-input";

const good = { name: "pve", host: "PVE.lan ", tokenId: "root@pam!homeport", tokenSecret: "01234567-89ab-cdef-0123-456789abcdef", sshUser: "root", sshPassword: "x" };

test("a host is kept bare and in lower case, with Proxmox's port by default", () => {
  expect(CreateNodeInput.parse(good)).toMatchObject({ host: "pve.lan", port: 8006, sshPort: 22 });
});

test.each([
  [{ host: "https://pve.lan:8006/" }, "host"],
  [{ host: "pve lan" }, "host"],
  [{ port: 0 }, "port"],
  [{ tokenId: "root@pam" }, "tokenId"],
  [{ tokenSecret: "secret" }, "tokenSecret"],
  [{ sshUser: "", sshPassword: "x" }, "sshUser"],
  [{ sshPassword: "" }, "sshPassword"],
  [{ sshPrivateKey: "not a key" }, "sshPrivateKey"],
])("%j is refused at %s", (change, path) => {
  const result = CreateNodeInput.safeParse({ ...good, ...change });
  expect(result.error?.issues.map((issue) => issue.path.join("."))).toContain(path);
});

test("SSH is optional", () => {
  expect(CreateNodeInput.safeParse({ ...good, sshUser: "", sshPassword: "" }).success).toBe(true);
});
