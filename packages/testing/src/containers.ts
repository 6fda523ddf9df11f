// What a small container is made with where a test says nothing else.
export const IMAGE = "local:vztmpl/debian-12-standard_12.12-1_amd64.tar.zst";

/** Everything but its name, its node and its template; fits the lab, and `inventory` of nodes.ts. */
export const smallContainer = {
  osTemplate: IMAGE,
  cores: 1,
  memoryMib: 256,
  swapMib: 0,
  diskGib: 2,
  storage: "local-lvm",
  bridge: "vmbr0",
  network: { mode: "dhcp" as const },
};
