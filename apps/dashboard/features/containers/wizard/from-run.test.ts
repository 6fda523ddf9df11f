import type { RunInput } from "@homeport/api";
import { CreateContainerInput } from "@homeport/domain/container/container-input";
import { expect, test } from "vitest";
import { applySuggestions, toInput } from "@/features/container-form";
import { decided, draftFromRun } from "./from-run";

const ID = "01890a5d-ac96-774b-bcce-b302099a8057";
const NEWER = "01890a5d-ac96-774b-bcce-b302099a8058";
const input = CreateContainerInput.parse({
  templateRevisionId: ID,
  nodeId: ID,
  hostname: "shop",
  vmid: 140,
  osTemplate: "local:vztmpl/debian-12.tar.zst",
  cores: 1,
  memoryMib: 512,
  swapMib: 0,
  diskGib: 4,
  storage: "local-lvm",
  bridge: "vmbr0",
  vlan: 7,
  network: { mode: "static", address: "10.0.0.5/24", gateway: "10.0.0.1" },
  nameservers: ["1.1.1.1"],
  tags: ["prod", "eu"],
  unprivileged: false,
  packagesOff: ["curl"],
});
const run: RunInput = { projectId: ID, input, templateName: "nginx", currentRevisionId: NEWER };

test("what a run was made with comes back as it was typed, from the template's newest revision", () => {
  const draft = draftFromRun(run, []);
  expect(CreateContainerInput.parse(toInput(draft))).toEqual({ ...input, templateRevisionId: NEWER });
  expect(draftFromRun({ ...run, currentRevisionId: null }, []).templateRevisionId).toBe(ID);
});

test.each([
  { mode: "none", ipv6: { mode: "auto" } },
  { mode: "dhcp", ipv6: { mode: "static", address: "2001:db8::5/64", gateway: "fe80::1" } },
] as const)("the network %j comes back as it was typed", (network) => {
  const input = CreateContainerInput.parse({ ...run.input, network });
  expect(CreateContainerInput.parse(toInput(draftFromRun({ ...run, input }, []))).network).toEqual(network);
});

test("a hostname that is taken becomes the next free one", () => {
  expect(draftFromRun(run, ["shop", "shop-2"]).hostname).toBe("shop-3");
});

test("no suggestion replaces what the run had, even where it is what an empty draft has", () => {
  const draft = draftFromRun(run, []);
  expect(
    applySuggestions(draft, decided(draft), { cores: "4", memoryMib: "4096", unprivileged: true, hostname: "nginx" }),
  ).toBe(draft);
});
