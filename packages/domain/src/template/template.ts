// What a template is: the content of one immutable revision, read from a folder under templates/.
import { z } from "zod";

const Slug = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, "lower-case letters, digits and hyphens");
const AbsolutePath = z.string().regex(/^\/(?!.*(^|\/)\.\.(\/|$)).+$/, "an absolute path without ..");

const ServicePort = z.strictObject({
  name: z.string(),
  kind: z.string(),
  port: z.int().min(1).max(65_535),
  path: z.string().optional(),
});

export const TemplatePackage = z.strictObject({
  manager: z.enum(["apt"]),
  name: z.string().regex(/^[a-z0-9][a-z0-9+.-]+$/),
});

/** Of a file or script, in bytes. */
export const MOST_CONTENT_BYTES = 262_144;

export const TemplateFile = z.strictObject({
  /** The file's text, or its bytes in base64; in template.yaml it is named by `source` and read by the loader. */
  content: z.string().max(Math.ceil(MOST_CONTENT_BYTES / 3) * 4),
  /** Absent: `content` is text, as in every revision of a Homeport that knew nothing else. */
  encoding: z.enum(["base64"]).optional(),
  target: AbsolutePath,
  mode: z
    .string()
    .regex(/^0?[0-7]{3}$/)
    .default("0644"),
  owner: z
    .string()
    .regex(/^[a-z_][a-z0-9_-]*:[a-z_][a-z0-9_-]*$/)
    .default("root:root"),
  /** What happens to a file that is there already: replaced, kept, or kept beside the new one. */
  policy: z.enum(["REPLACE", "DEFAULT", "BACKUP"]).default("REPLACE"),
  title: z.string().optional(),
});

export const TemplateScript = z.strictObject({
  name: Slug,
  title: z.string(),
  content: z.string().max(MOST_CONTENT_BYTES),
  /** A person may leave it out, or skip it when it failed. */
  optional: z.boolean().default(false),
  /** Running it a second time after an interruption does no harm. */
  repeatable: z.boolean().default(true),
  timeoutMinutes: z.int().min(1).max(720).default(30),
});

export const TemplateDefinition = z.strictObject({
  name: Slug,
  title: z.string().min(1).max(80),
  summary: z.string().min(1).max(200),
  description: z.string().default(""),
  /** A lucide icon's name. */
  icon: z.string().regex(/^[a-z0-9-]+$/),
  category: z.string(),
  os: z.strictObject({ family: z.enum(["debian", "ubuntu"]), version: z.string() }),
  defaults: z.strictObject({
    cores: z.int().min(1),
    memoryMib: z.int().min(16),
    swapMib: z.int().min(0),
    diskGib: z.int().min(1),
    unprivileged: z.boolean().default(true),
    nesting: z.boolean().default(true),
  }),
  ports: z.array(ServicePort).default([]),
  /** Measured on a small machine; shown until runs of one's own say better. */
  estimate: z.strictObject({ seconds: z.int().min(1), downloadMib: z.int().min(0) }),
  packages: z.array(TemplatePackage).default([]),
  files: z.array(TemplateFile).default([]),
  scripts: z.array(TemplateScript).default([]),
  tags: z.array(z.string()).default([]),
  /** For how many days containers made of it are lent, and after how many more they are destroyed (absent: they are not); absent: as their project says. */
  lease: z.strictObject({ days: z.int().min(1).max(730), graceDays: z.int().min(1).max(730).optional() }).optional(),
});
export type TemplateDefinition = z.output<typeof TemplateDefinition>;
export type TemplateScript = z.output<typeof TemplateScript>;
export type TemplateFile = z.output<typeof TemplateFile>;

/** How the bytes of a file are written in its `content`; Node's name for it. */
export const encodingOf = ({ encoding }: Pick<TemplateFile, "encoding">): "utf8" | "base64" => encoding ?? "utf8";

/** Whether anything happens inside the container, which only SSH can do. */
export function needsSsh({
  packages,
  files,
  scripts,
}: Pick<TemplateDefinition, "packages" | "files" | "scripts">): boolean {
  return packages.length + files.length + scripts.length > 0;
}

/** Whether an OS image's file name is one this template is made for: "debian-12-standard_…" for debian 12. */
export function fitsOs(os: TemplateDefinition["os"], volid: string): boolean {
  const file = volid.split("/").at(-1) ?? "";
  return file.startsWith(`${os.family}-${os.version}-`) || file.startsWith(`${os.family}-${os.version}.`);
}
