// A template revision as it is read back: its form alone; what may be in a template was decided when its folder was read.
import { z } from "zod";
import type { TemplateDefinition } from "../template/template";
import { storedDocument } from "./document";

const DefinitionForm = z.object({
  name: z.string(),
  title: z.string(),
  summary: z.string(),
  description: z.string().default(""),
  icon: z.string(),
  category: z.string(),
  os: z.object({ family: z.enum(["debian", "ubuntu"]), version: z.string() }),
  defaults: z.object({
    cores: z.number(),
    memoryMib: z.number(),
    swapMib: z.number(),
    diskGib: z.number(),
    unprivileged: z.boolean().default(true),
    nesting: z.boolean().default(true),
  }),
  ports: z
    .array(z.object({ name: z.string(), kind: z.string(), port: z.number(), path: z.string().optional() }))
    .default([]),
  estimate: z.object({ seconds: z.number(), downloadMib: z.number() }),
  packages: z.array(z.object({ manager: z.enum(["apt"]), name: z.string() })).default([]),
  files: z
    .array(
      z.object({
        content: z.string(),
        encoding: z.enum(["base64"]).optional(),
        target: z.string(),
        mode: z.string().default("0644"),
        owner: z.string().default("root:root"),
        policy: z.enum(["REPLACE", "DEFAULT", "BACKUP"]).default("REPLACE"),
        title: z.string().optional(),
      }),
    )
    .default([]),
  scripts: z
    .array(
      z.object({
        name: z.string(),
        title: z.string(),
        content: z.string(),
        optional: z.boolean().default(false),
        repeatable: z.boolean().default(true),
        timeoutMinutes: z.number().default(30),
      }),
    )
    .default([]),
  tags: z.array(z.string()).default([]),
  lease: z.object({ days: z.number(), graceDays: z.number().optional() }).optional(),
}) satisfies z.ZodType<TemplateDefinition>;

export const StoredTemplate = storedDocument(DefinitionForm);

/** How much it downloads; readable even where the rest is not. */
export const StoredEstimate = storedDocument(z.object({ estimate: z.object({ downloadMib: z.number() }) }));

/** What it is called; readable even where the rest is not. */
export const StoredTitle = storedDocument(z.object({ title: z.string() }));
