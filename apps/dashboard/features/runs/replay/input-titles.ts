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
  nameservers: "Name servers",
  searchDomain: "Search domain",
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
