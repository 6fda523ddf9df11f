import { expect, test } from "vitest";
import { adoptedSpec } from "./adopted-spec";

const id = "01890a5d-ac96-774b-bcce-b302099a8057";
const at = { nodeId: id, templateRevisionId: id, vmid: 105 };
const config = { hostname: "web", cores: "2", memory: "1024", swap: "0", rootfs: "local-lvm:vm-105-disk-0,size=8G", net0: "name=eth0,bridge=vmbr0,hwaddr=BC:24:11:00:00:01,ip=10.0.0.5/24,gw=10.0.0.1,tag=7,type=veth", tags: "homeport-b302099a8057;prod", unprivileged: "1", features: "nesting=1", onboot: "1" };

test("a guest's config is read back as the spec it was made from", () => {
  expect(adoptedSpec(config, at)).toMatchObject({ hostname: "web", vmid: 105, cores: 2, memoryMib: 1024, swapMib: 0, diskGib: 8, storage: "local-lvm", bridge: "vmbr0", vlan: 7, network: { mode: "static", address: "10.0.0.5/24", gateway: "10.0.0.1" }, tags: ["prod"], unprivileged: true, nesting: true, startOnBoot: true });
  expect(adoptedSpec({ ...config, net0: "name=eth0,bridge=vmbr0,ip=dhcp" }, at)?.network).toEqual({ mode: "dhcp" });
});

test("a config that no spec can hold is not bent into one", () => {
  expect(adoptedSpec({}, at)).toBeUndefined();
});
