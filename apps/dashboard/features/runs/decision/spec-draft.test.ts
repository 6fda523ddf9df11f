// Settings in the form and as an edit.
import { EditableSpec } from "@homeport/domain/stored/step-edit";
import { expect, test } from "vitest";
import { toDraft } from "@/features/container-form";
import { placeProblems, toEdit } from "./spec-draft";

const spec = EditableSpec.parse({
  hostname: "web",
  osTemplate: "local:vztmpl/debian-12-standard_12.12-1_amd64.tar.zst",
  cores: 1,
  memoryMib: 512,
  swapMib: 0,
  diskGib: 4,
  storage: "local-lvm",
  bridge: "vmbr0",
  network: { mode: "dhcp" },
});

test("a form that nobody touched is an edit of nothing", () => {
  expect(toEdit(toDraft(spec), spec)).toEqual({ edit: {} });
});

test("only what changed is in the edit", () => {
  const draft = {
    ...toDraft(spec),
    storage: "tank",
    memoryMib: "1024",
    vmid: "120",
    networkMode: "static" as const,
    address: "10.0.0.5/24",
    gateway: "10.0.0.1",
  };
  expect(toEdit(draft, spec)).toEqual({
    edit: {
      storage: "tank",
      memoryMib: 1024,
      vmid: 120,
      network: { mode: "static", address: "10.0.0.5/24", gateway: "10.0.0.1" },
    },
  });
});

test("what is wrong is said at its input, numbers too", () => {
  const draft = {
    ...toDraft(spec),
    diskGib: "",
    cores: "two",
    vmid: "7",
    networkMode: "static" as const,
    address: "10.0.0.5/24",
    gateway: "10.9.0.1",
  };
  expect(toEdit(draft, spec)).toEqual({
    problems: {
      diskGib: "A whole number.",
      cores: "A whole number.",
      vmid: "Proxmox reserves ids below 100.",
      gateway:
        "The gateway is not in the network of 10.0.0.5/24. If that is how it is meant, as with some hosters, give the address as /32.",
    },
  });
});

test("keys, tags, name and IPv6 can be changed like everything else that the create call gets", () => {
  const draft = {
    ...toDraft(spec),
    hostname: "web-2",
    tags: "prod, web",
    sshPublicKey: "# mine\n\nssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAICxeJ1sf6BFUdYB1asFT97KL19JiB+pJgCwS/6UIQWtP me\r\n",
    networkMode: "none" as const,
    ipv6Mode: "auto" as const,
    startOnBoot: !spec.startOnBoot,
  };
  expect(toEdit(draft, spec)).toEqual({
    edit: {
      hostname: "web-2",
      tags: ["prod", "web"],
      sshPublicKey: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAICxeJ1sf6BFUdYB1asFT97KL19JiB+pJgCwS/6UIQWtP me",
      network: { mode: "none", ipv6: { mode: "auto" } },
      startOnBoot: !spec.startOnBoot,
    },
  });
  expect(
    toEdit(
      { ...draft, sshPublicKey: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAICxeJ1sf6BFUdYB1asFT97KL19JiB+pJgCwS me" },
      spec,
    ),
  ).toEqual({ problems: { sshPublicKey: "The key is cut off. Copy the whole line again." } });
});

test("the server's words come to the same inputs", () => {
  expect(
    placeProblems({
      "edit.spec.storage": "The node has no storage tank.",
      "edit.spec.network.address": "Taken.",
      id: "?",
    }),
  ).toEqual({ storage: "The node has no storage tank.", address: "Taken." });
});
