import { TemplateDefinition } from "@homeport/domain/template/template";
import { CreateContainerInput } from "@homeport/domain/container/container-input";
import { expect, test } from "vitest";
import {
  applySuggestions,
  type Draft,
  emptyDraft,
  fieldOf,
  type FieldsContext,
  freeHostname,
  fromServer,
  type Known,
  planLines,
  problemOf,
  problemsOf,
  suggest,
  toInput,
} from "@/features/container-form";
import { readWizard, saveWizard, sentAs } from "./saved-wizard";
import { firstStepWith, neighbour, stepFrom } from "./steps";

const ID = "01890a5d-ac96-774b-bcce-b302099a8057";
const OTHER = "0192f0c1-2222-7000-8000-000000000009";
const definition = TemplateDefinition.parse({
  name: "nginx",
  title: "nginx",
  summary: "Serves pages.",
  icon: "globe",
  category: "web",
  os: { family: "debian", version: "12" },
  defaults: { cores: 1, memoryMib: 512, swapMib: 0, diskGib: 4 },
  ports: [{ name: "nginx", kind: "http", port: 80 }],
  estimate: { seconds: 60, downloadMib: 10 },
  packages: [
    { manager: "apt", name: "nginx" },
    { manager: "apt", name: "curl" },
  ],
  scripts: [{ name: "configure", title: "Configure nginx", content: "true" }],
});
const known: Known = {
  template: { name: "nginx", revisionId: ID, os: definition.os, defaults: definition.defaults },
  node: { id: ID },
  inventory: {
    storages: [
      { name: "local", type: "dir", availableBytes: 9e12, totalBytes: 9e12, forContainers: false, forTemplates: true },
      {
        name: "small",
        type: "lvmthin",
        availableBytes: 1e9,
        totalBytes: 1e12,
        forContainers: true,
        forTemplates: false,
      },
      {
        name: "large",
        type: "zfspool",
        availableBytes: 5e11,
        totalBytes: 1e12,
        forContainers: true,
        forTemplates: false,
      },
    ],
    bridges: [{ name: "vmbr0" }, { name: "vmbr1" }],
    osTemplates: ["debian-13-standard_13.1-1", "debian-12-standard_12.2-1", "debian-12-standard_12.12-1"].map(
      (name) => ({ volid: `local:vztmpl/${name}_amd64.tar.zst`, sizeBytes: 1 }),
    ),
    downloads: ["debian-12-standard_12.13-1_amd64.tar.zst", "ubuntu-24.04-standard_24.04-2_amd64.tar.zst"],
  },
  hostnames: ["nginx", "NGINX-2"],
};
const suggested = applySuggestions(emptyDraft, {}, suggest(known));

test("a template and a node are enough: everything else is suggested, and the API takes it", () => {
  expect(suggested).toMatchObject({
    hostname: "nginx-3",
    storage: "large",
    bridge: "vmbr0",
    osTemplate: "local:vztmpl/debian-12-standard_12.12-1_amd64.tar.zst",
  });
  expect(problemsOf(suggested)).toEqual({});
  expect(CreateContainerInput.safeParse(toInput(suggested)).success).toBe(true);
});

test("what the person typed survives another template; what was only suggested follows it", () => {
  const typed: Draft = { ...suggested, hostname: "shop", memoryMib: "2048" };
  const other = suggest({
    ...known,
    template: {
      name: "redis",
      revisionId: ID,
      os: definition.os,
      defaults: { ...definition.defaults, memoryMib: 256, diskGib: 2 },
    },
  });
  expect(applySuggestions(typed, suggest(known), other)).toMatchObject({
    hostname: "shop",
    memoryMib: "2048",
    diskGib: "2",
    templateName: "redis",
  });
});

test("an image that is there is suggested before a newer one that would have to be downloaded", () => {
  expect(suggested.osTemplate).toContain("12.12-1");
  const ubuntu = known.template && { ...known.template, os: { family: "ubuntu" as const, version: "24.04" } };
  expect(suggest({ ...known, template: ubuntu }).osTemplate).toBe(
    "local:vztmpl/ubuntu-24.04-standard_24.04-2_amd64.tar.zst",
  );
});

test("the same suggestions change nothing", () => {
  expect(applySuggestions(suggested, suggest(known), suggest(known))).toBe(suggested);
});

test("a hostname that is free is taken as it is", () => {
  expect(freeHostname("redis", ["nginx"])).toBe("redis");
});

test.each([
  [{ hostname: "under_score" }, "hostname"],
  [{ cores: "" }, "cores"],
  [{ memoryMib: "1e3" }, "memoryMib"],
  [{ vmid: "99" }, "vmid"],
  [{ networkMode: "static", address: "10.0.0.5" }, "address"],
  [{ networkMode: "static", address: "10.0.0.5/24", gateway: "10.0.1.1" }, "gateway"],
  [{ nameservers: "1.1.1.1, dns.lan" }, "nameservers"],
  [{ tags: "ok Ümlaut" }, "tags"],
  [{ nodeId: "" }, "nodeId"],
] as const)("%j is refused at %s, by the schema of the API", (change, field) => {
  expect(Object.keys(problemsOf({ ...suggested, ...change }))).toEqual([field]);
});

test("an empty number is reported in words", () => {
  expect(problemsOf({ ...suggested, cores: "" }).cores).toBe("A whole number.");
});

test("a refusal of the server finds its field and its step", () => {
  expect(fromServer({ hostname: "Taken.", "network.gateway": "Wrong.", "tags.2": "Bad.", unknown: "?" })).toEqual({
    hostname: "Taken.",
    gateway: "Wrong.",
    tags: "Bad.",
  });
  expect(firstStepWith({ gateway: "Wrong.", nodeId: "Offline." })).toBe("node");
  expect(firstStepWith({})).toBeUndefined();
  expect(fieldOf("requestKey")).toBeUndefined();
});

test("the URL names the step, but none comes before the template", () => {
  expect(stepFrom("review", suggested)).toBe("review");
  expect(stepFrom("review", emptyDraft)).toBe("template");
  expect(stepFrom("nonsense", suggested)).toBe("template");
  expect([neighbour("template", 1), neighbour("template", -1), neighbour("review", 1)]).toEqual([
    "node",
    undefined,
    undefined,
  ]);
});

/** A tab's storage. */
function tabStore() {
  const kept = new Map<string, string>();
  const store = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
  return { kept, store };
}
const begun = { draft: emptyDraft, suggested: {}, sent: null, againOfId: null };

test("a reload brings back the draft and what was asked for under which key; nonsense begins anew", () => {
  const { kept, store } = tabStore();
  const wizard = {
    draft: suggested,
    suggested: suggest(known),
    sent: sentAs(null, { hostname: "web-1" }),
    againOfId: null,
  };
  saveWizard(store, ID, wizard);
  expect(readWizard(store, ID)).toMatchObject(wizard);
  for (const nonsense of ['{"draft":1}', "{"]) {
    kept.set("homeport:new-container", nonsense);
    expect(readWizard(store, ID)).toEqual(begun);
  }
});

test("a draft is its person's: another one in the same tab finds nothing of it, and nothing is left", () => {
  const { kept, store } = tabStore();
  saveWizard(store, ID, { ...begun, draft: { ...suggested, hostname: "private", sshPublicKey: "ssh-ed25519 AAAA" } });
  expect(readWizard(store, OTHER)).toEqual(begun);
  expect([...kept.values()].join()).not.toContain("private");
});

test("the same draft is the same request, a changed one is another, and a duplicated tab differs from its first only by what is typed there", () => {
  const first = sentAs(null, { hostname: "web-1" });
  expect(sentAs(first, { hostname: "web-1" })).toEqual(first);
  expect(sentAs(first, { hostname: "web-2" }).key).not.toBe(first.key);
});

test("the plan is the run's own, with what was decided, and without what was switched off", () => {
  const lines = planLines({ ...suggested, packagesOff: ["curl"], vmid: "105" }, { definition, nodeName: "pve" });
  expect(lines.map(({ name }) => name)).toEqual([
    "plan",
    "reserve",
    "image",
    "create",
    "start",
    "ready",
    "packages",
    "script-configure",
    "discover",
    "finish",
  ]);
  expect(lines[1]?.details).toEqual(["VMID 105 on pve"]);
  expect(lines[3]?.details).toContain("1 core, 512 MiB memory, no swap, 4 GiB on large");
  expect(lines[6]?.details).toEqual(["nginx"]);
  expect(lines[8]?.details).toEqual(["Expected: nginx on 80"]);
});

test("what a kept draft holds is refused in words, touched or not; an empty field waits until its step is left", () => {
  const untouched = { formState: { errors: {}, dirtyFields: {} } } as unknown as FieldsContext["form"]; // the two that are read
  const of = {
    form: untouched,
    draft: { ...emptyDraft, vmid: "100" },
    problems: { vmid: "Taken by the container web1.", hostname: "A hostname is needed." },
  };
  expect(problemOf(of, "vmid")).toBe("Taken by the container web1.");
  expect(problemOf(of, "hostname")).toBeUndefined();
});
