import { CreateContainerInput } from "@homeport/domain/container/container-input";
import { expect, test } from "vitest";
import { lxcParams } from "./lxc-params";

const id = "01a1fd63-dbe6-764e-8530-756dde602f79";
const other = "01a1fd63-dbe6-764e-8530-000000000000";
const spec = (more: Partial<CreateContainerInput> = {}) =>
  CreateContainerInput.parse({
    templateRevisionId: id,
    nodeId: id,
    hostname: "web",
    osTemplate: "local:vztmpl/x.tar.zst",
    cores: 2,
    memoryMib: 512,
    swapMib: 0,
    diskGib: 4,
    storage: "local-lvm",
    bridge: "vmbr0",
    network: { mode: "dhcp" },
    ...more,
  });

test("a guest is marked as ours, and what Proxmox's versions default differently is said", () => {
  expect(lxcParams(spec({ tags: ["prod"] }), { vmid: 105, containerId: id, installationId: other })).toMatchObject({
    vmid: 105,
    rootfs: "local-lvm:4",
    unprivileged: true,
    swap: 0,
    features: "nesting=1",
    net0: "name=eth0,bridge=vmbr0,ip=dhcp",
    tags: "prod;homeport-756dde602f79",
    description: `Homeport container ${id}\nHomeport installation ${other}\n`,
    onboot: true,
  });
});

test("a static address, a VLAN and name servers go where Proxmox reads them; no feature but nesting is asked for", () => {
  const params = lxcParams(
    spec({
      network: { mode: "static", address: "10.0.0.5/24", gateway: "10.0.0.1" },
      vlan: 7,
      nameservers: ["1.1.1.1", "9.9.9.9"],
      searchDomain: "lan",
      nesting: false,
    }),
    { vmid: 105, containerId: id, installationId: other },
  );
  expect(params).toMatchObject({
    net0: "name=eth0,bridge=vmbr0,tag=7,ip=10.0.0.5/24,gw=10.0.0.1",
    nameserver: "1.1.1.1 9.9.9.9",
    searchdomain: "lan",
  });
  expect(params.features).toBeUndefined();
});

test.each([
  [{ mode: "dhcp", ipv6: { mode: "auto" } }, "ip=dhcp,ip6=auto"],
  [{ mode: "none", ipv6: { mode: "dhcp" } }, "ip6=dhcp"],
  [
    { mode: "none", ipv6: { mode: "static", address: "2001:db8::5/64", gateway: "fe80::1" } },
    "ip6=2001:db8::5/64,gw6=fe80::1",
  ],
  [
    {
      mode: "static",
      address: "95.216.1.2/32",
      gateway: "172.31.1.1",
      ipv6: { mode: "static", address: "2a01:4f8::2/128", gateway: "" },
    },
    "ip=95.216.1.2/32,gw=172.31.1.1,ip6=2a01:4f8::2/128",
  ],
] as const)("the network %j is %s for Proxmox", (network, expected) => {
  expect(lxcParams(spec({ network }), { vmid: 105, containerId: id, installationId: other }).net0).toBe(
    `name=eth0,bridge=vmbr0,${expected}`,
  );
});
