// Every built-in template ends ready in the memory backend, the first that most people meet.
import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { realClock } from "../clock";
import type { LabHost } from "../host";
import { inGuest, testSpec } from "../lxc/guest-of-test";
import { builtInTemplates, installTemplate, readTemplate } from "../template-of-test";
import { createMemoryHost } from "./memory-host";

let directory: string;
let host: LabHost;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "homeport-memory-"));
  host = createMemoryHost({ directory, clock: realClock, scale: 0 });
});
afterAll(async () => {
  await host.close();
  await rm(directory, { recursive: true, force: true });
});

test.concurrent.each(builtInTemplates)(
  "%s installs, registers what it promises, and installs again without harm",
  async (name) => {
    const template = readTemplate(name);
    const spec = await testSpec(host, 300 + builtInTemplates.indexOf(name), {
      ...template.defaults,
      hostname: `made-${name}`,
    });
    await host.create(spec, () => undefined, new AbortController().signal);
    await host.start(spec);
    const guest = inGuest(host, spec.vmid);
    const { address } = await guest.install();

    const first = await installTemplate(guest, { name, template, address, attempt: 1 });
    const { services } = await guest.discover();
    expect(services.map(({ kind, port }) => ({ kind, port }))).toEqual(
      template.ports.map(({ kind, port }) => ({ kind, port })),
    );
    for (const { port } of template.ports.filter(({ kind }) => kind === "http")) {
      const page = await fetch(`http://${address}:${port}/`);
      expect([page.status, await page.text()]).toEqual([200, expect.stringContaining(`made-${name}`)]);
    }

    const shown = Object.values(first.credentials).join("\n");
    if (name === "wireguard") expect(shown.match(/Key = [A-Za-z0-9+/]{43}=$/gm)).toHaveLength(3);

    const second = await installTemplate(guest, { name, template, address, attempt: 2 });
    expect(second.credentials).toEqual(first.credentials);
  },
);
