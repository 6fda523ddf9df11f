// Who adds a field of a container finds here where it is still missing: in the form, in the plan, among the settings.
import { CreateContainerInput, type ContainerSpec } from "@homeport/domain/container/container-input";
import { type EditableKey, editableKeys } from "@homeport/domain/container/fields";
import { TemplateDefinition } from "@homeport/domain/template/template";
import { smallContainer } from "@homeport/testing/containers";
import { renderToStaticMarkup } from "react-dom/server";
import { useForm } from "react-hook-form";
import { expect, test } from "vitest";
import { type Draft, planLines, toDraft } from "@/features/container-form";
import { SpecList } from "../page/spec-list";
import { IdentityStep } from "./identity-step";

const ID = "01890a5d-ac96-774b-bcce-b302099a8057";
const spec = CreateContainerInput.parse({
  templateRevisionId: ID,
  nodeId: ID,
  hostname: "web",
  ...smallContainer,
});
/** Another value of each. */
const other: Pick<ContainerSpec, EditableKey> = {
  hostname: "shop",
  vmid: 140,
  osTemplate: "local:vztmpl/debian-13-standard_13.1-1_amd64.tar.zst",
  cores: 3,
  memoryMib: 1024,
  swapMib: 256,
  diskGib: 9,
  storage: "tank",
  bridge: "vmbr7",
  vlan: 12,
  network: { mode: "static", address: "10.0.0.5/24", gateway: "10.0.0.1", ipv6: { mode: "auto" } },
  nameservers: ["1.1.1.1"],
  searchDomain: "lan",
  sshPublicKey: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAICxeJ1sf6BFUdYB1asFT97KL19JiB+pJgCwS/6UIQWtP me",
  tags: ["prod"],
  unprivileged: false,
  nesting: false,
  startOnBoot: false,
};
const definition = TemplateDefinition.parse({
  name: "nginx",
  title: "nginx",
  summary: "Serves pages.",
  icon: "globe",
  category: "web",
  os: { family: "debian", version: "12" },
  defaults: { cores: 1, memoryMib: 512, swapMib: 0, diskGib: 4 },
  estimate: { seconds: 60, downloadMib: 10 },
});
const draftOf = (one: ContainerSpec): Draft => ({ ...toDraft(one), templateName: "nginx" });

/** What is folded away is open because something in it is wrong. */
function Form() {
  const draft = draftOf(spec);
  const form = useForm<Draft>({ defaultValues: draft });
  const of = { form, draft, problems: { swapMib: "Too much." } };
  return (
    <IdentityStep
      of={of}
      inventory={null}
      os={definition.os}
      vmid={{ word: "automatic" }}
      next={undefined}
      left={null}
    />
  );
}

test.each(editableKeys)("%s has its input in the form", (key) => {
  expect(renderToStaticMarkup(<Form />)).toContain(`name="${key === "network" ? "networkMode" : key}"`);
});

test.each(editableKeys)("%s stands among the settings of a container, and in the plan of one", (key) => {
  const changed = { ...spec, [key]: other[key] };
  const settings = (one: ContainerSpec) => renderToStaticMarkup(<SpecList spec={one} />);
  expect(settings(changed)).not.toBe(settings(spec));
  const plan = (one: ContainerSpec) => planLines(draftOf(one), { definition, nodeName: "pve" });
  expect(plan(changed)).not.toEqual(plan(spec));
});
