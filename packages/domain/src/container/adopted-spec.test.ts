import { expect, test } from "vitest";
import { adoptedSpec } from "./adopted-spec";

const id = "01890a5d-ac96-774b-bcce-b302099a8057";
const at = { nodeId: id, templateRevisionId: id, vmid: 105 };
const config = {
  hostname: "web",
  cores: "2",
  memory: "1024",
  swap: "0",
  rootfs: "local-lvm:vm-105-disk-0,size=8G",
  net0: "name=eth0,bridge=vmbr0,hwaddr=BC:24:11:00:00:01,ip=10.0.0.5/24,gw=10.0.0.1,tag=7,type=veth",
  tags: "homeport-b302099a8057;prod",
  unprivileged: "1",
  features: "nesting=1",
  onboot: "1",
};

test("a guest's config is read back as the spec it was made from", () => {
  expect(adoptedSpec(config, at)).toMatchObject({
    hostname: "web",
    vmid: 105,
    cores: 2,
    memoryMib: 1024,
    swapMib: 0,
    diskGib: 8,
    storage: "local-lvm",
    bridge: "vmbr0",
    vlan: 7,
    network: { mode: "static", address: "10.0.0.5/24", gateway: "10.0.0.1" },
    tags: ["prod"],
    unprivileged: true,
    nesting: true,
    startOnBoot: true,
  });
  expect(adoptedSpec({ ...config, net0: "name=eth0,bridge=vmbr0,ip=dhcp" }, at)?.network).toEqual({ mode: "dhcp" });
});

test("IPv6, several search domains and no IPv4 at all are read back too", () => {
  const six = (net: string) =>
    adoptedSpec(
      {
        ...config,
        net0: `name=eth0,bridge=vmbr0,${net}`,
        searchdomain: "lab.example,lan",
        nameserver: "2606:4700:4700::1111 1.1.1.1",
      },
      at,
    );
  expect(six("ip6=auto")).toMatchObject({
    network: { mode: "none", ipv6: { mode: "auto" } },
    searchDomain: "lab.example lan",
    nameservers: ["2606:4700:4700::1111", "1.1.1.1"],
  });
  expect(six("ip=dhcp,ip6=dhcp")?.network).toEqual({ mode: "dhcp", ipv6: { mode: "dhcp" } });
  expect(six("ip=203.0.113.5/32,gw=172.31.1.1,ip6=2001:db8::5/64,gw6=fe80::1")?.network).toEqual({
    mode: "static",
    address: "203.0.113.5/32",
    gateway: "172.31.1.1",
    ipv6: { mode: "static", address: "2001:db8::5/64", gateway: "fe80::1" },
  });
});

test("a config that no spec can hold is not bent into one", () => {
  expect(adoptedSpec({}, at)).toBeUndefined();
});
