import { expect, test } from "vitest";
import { CreateNodeInput, UpdateNodeInput } from "./node-input";

const good = {
  name: "pve",
  host: "PVE.lan ",
  tokenId: "root@pam!homeport",
  tokenSecret: "01234567-89ab-cdef-0123-456789abcdef",
  sshUser: "root",
  sshPassword: "x",
};

test("a host is kept bare and in lower case, with Proxmox's port by default", () => {
  expect(CreateNodeInput.parse(good)).toMatchObject({ host: "pve.lan", port: 8006, sshPort: 22 });
});

test.each([
  [{ host: "pve lan" }, "host"],
  [{ port: 0 }, "port"],
  [{ tokenId: "root@pam" }, "tokenId"],
  [{ tokenSecret: "secret" }, "tokenSecret"],
  [{ sshUser: "", sshPassword: "x" }, "sshUser"],
  [{ sshPassword: "" }, "sshPassword"],
  [{ sshPrivateKey: "not a key" }, "sshPrivateKey"],
  [{ vmidFrom: 99, vmidTo: 200 }, "vmidFrom"],
  [{ vmidFrom: 200 }, "vmidTo"],
  [{ vmidTo: 200 }, "vmidFrom"],
  [{ vmidFrom: 200, vmidTo: 199 }, "vmidTo"],
  [{ createsAtOnce: 0 }, "createsAtOnce"],
  [{ tasksAtOnce: 65 }, "tasksAtOnce"],
])("%j is refused at %s", (change, path) => {
  const result = CreateNodeInput.safeParse({ ...good, ...change });
  expect(result.error?.issues.map((issue) => issue.path.join("."))).toContain(path);
});

test("SSH is optional", () => {
  expect(CreateNodeInput.safeParse({ ...good, sshUser: "", sshPassword: "" }).success).toBe(true);
});

test("a new node has no range, two creates and four other tasks at once; an edit that does not name them keeps them", () => {
  expect(CreateNodeInput.parse(good)).toMatchObject({ vmidFrom: null, vmidTo: null, createsAtOnce: 2, tasksAtOnce: 4 });
  const { sshPassword: _, tokenSecret: __, ...place } = good;
  const edit = { ...place, id: "01234567-89ab-4def-8123-456789abcdef" };
  expect(Object.keys(UpdateNodeInput.parse(edit))).not.toContain("vmidFrom");
  expect(UpdateNodeInput.parse({ ...edit, vmidFrom: null, vmidTo: null })).toMatchObject({
    vmidFrom: null,
    vmidTo: null,
  });
  expect(UpdateNodeInput.safeParse({ ...edit, vmidFrom: 300, vmidTo: 200 }).success).toBe(false);
});
