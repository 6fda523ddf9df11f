// For tests: a built-in template, installed in a guest in the order in which a run does it.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import type { inGuest } from "./lxc/guest-of-test";

type Guest = ReturnType<typeof inGuest>;

const folder = join(import.meta.dirname, "../../../templates");
export const builtInTemplates = readdirSync(folder).sort();

const Template = z.object({
  defaults: z.object({
    cores: z.number(),
    memoryMib: z.number(),
    swapMib: z.number(),
    diskGib: z.number(),
    unprivileged: z.boolean(),
    nesting: z.boolean(),
  }),
  ports: z.array(z.object({ name: z.string(), kind: z.string(), port: z.number() })).default([]),
  packages: z.array(z.object({ name: z.string() })).default([]),
  files: z
    .array(
      z.object({
        source: z.string(),
        target: z.string(),
        mode: z.string(),
        owner: z.string(),
        policy: z.enum(["REPLACE", "DEFAULT", "BACKUP"]),
      }),
    )
    .default([]),
  scripts: z.array(z.object({ name: z.string(), file: z.string() })).default([]),
});
type Template = z.output<typeof Template>;

export const readTemplate = (name: string): Template =>
  Template.parse(parse(readFileSync(join(folder, name, "template.yaml"), "utf8")));

/** Files, packages as one unit, each script as its own unit, discovery: the order of a run. */
export async function installTemplate(
  guest: Guest,
  what: { name: string; template: Template; address: string; attempt: number },
) {
  const { name, template, address, attempt } = what;
  const variables = {
    HOMEPORT_HOSTNAME: `made-${name}`,
    HOMEPORT_ADDRESS: address,
    HOMEPORT_RUN: "test",
    HOMEPORT_ATTEMPT: String(attempt),
  };
  for (const { source, ...file } of template.files)
    await guest.put(file, readFileSync(join(folder, name, source), "utf8"));
  const packages = template.packages.map((one) => one.name).join(" ");
  const units: [string, string][] =
    packages === "" ? [] : [["packages", `. /usr/local/lib/homeport/helpers\nensure_packages ${packages}\n`]];
  for (const script of template.scripts)
    units.push([script.name, readFileSync(join(folder, name, script.file), "utf8")]);
  let output = "";
  for (const [unit, script] of units) {
    const ended = await guest.runUnit(`hp-${unit}-${attempt}`, script, variables);
    output += ended.output;
    if (ended.exit !== 0)
      throw new Error(
        `${unit} (attempt ${attempt}) ${ended.state} ${ended.exit ?? ""}:\n${ended.output.slice(-3_000)}`,
      );
  }
  const { services } = await guest.discover();
  return {
    output,
    credentials: Object.assign({}, ...services.map((service) => service.credentials ?? {})) as Record<string, string>,
  };
}
