// What the inputs of a creation are called on the screens.
const titles: Record<string, string> = {
  hostname: "Hostname",
  vmid: "VMID",
  osTemplate: "OS template",
  cores: "Cores",
  memoryMib: "Memory (MiB)",
  swapMib: "Swap (MiB)",
  diskGib: "Disk (GiB)",
  storage: "Storage",
  bridge: "Bridge",
  vlan: "VLAN",
  "network.mode": "Address by",
  "network.address": "Address",
  "network.gateway": "Gateway",
  "network.ipv6.mode": "IPv6 by",
  "network.ipv6.address": "IPv6 address",
  "network.ipv6.gateway": "IPv6 gateway",
  nameservers: "Name servers",
  searchDomain: "Search domains",
  sshPublicKey: "SSH keys",
  tags: "Tags",
  unprivileged: "Unprivileged",
  nesting: "Nesting",
  startOnBoot: "Starts with the node",
  packagesOff: "Packages left out",
  scriptsOff: "Scripts left out",
};

export function inputTitle(path: string): string {
  return titles[path] ?? path;
}
