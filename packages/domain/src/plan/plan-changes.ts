// What moved between two plans, in words: the answer to "why was nothing created?".
import { z } from "zod";
import type { PlanDocument, PlanFile, PlanFinding, PlanOption, PlanScript } from "./plan";

/** `before` or `after` is null where there was or is nothing. */
export const PlanChange = z.object({ what: z.string(), before: z.string().nullable(), after: z.string().nullable() });
export type PlanChange = z.infer<typeof PlanChange>;

/** Only what planHash looks at; empty for plans with the same hash. */
export function planChanges(before: PlanDocument, after: PlanDocument): PlanChange[] {
  const single = (what: string, of: (plan: PlanDocument) => string): PlanChange[] =>
    differing(what, of(before), of(after));
  return [
    ...obstacles(before.blockers, after.blockers),
    ...single("Node", ({ node }) => node.name),
    ...single("Template", ({ template }) => `${template.title}, revision ${template.revision}`),
    ...single("VMID", ({ vmid }) => (vmid.typed === null ? "automatic" : String(vmid.typed))),
    ...single("OS template", ({ image }) => image.volid),
    ...single("Storage", ({ storage }) => storage.name),
    ...single("Bridge", ({ bridge }) => bridge.name),
    ...options("Option", before.config, after.config),
    ...options("Over SSH", before.overSsh, after.overSsh),
    ...single("Packages", ({ packages }) => packages.join(", ")),
    ...keyed(
      "File",
      before.files.map((file) => [file.target, fileText(file)]),
      after.files.map((file) => [file.target, fileText(file)]),
    ),
    ...keyed(
      "Script",
      before.scripts.map((script) => [script.title, scriptText(script)]),
      after.scripts.map((script) => [script.title, scriptText(script)]),
    ),
  ];
}

/** Each as one line, for where there is no room for a table. */
export function changeSentence({ what, before, after }: PlanChange): string {
  if (before === null) return `${what}: ${after ?? ""}`;
  return after === null ? `${what}: no longer ${before}` : `${what}: ${before} → ${after}`;
}

const fileText = ({ mode, owner, policy, sizeBytes, sha256 }: PlanFile): string =>
  `${sizeBytes} bytes (${sha256.slice(0, 12)}), ${mode}, ${owner}, ${policy}`;
const scriptText = ({ sizeBytes, sha256, timeoutMinutes, repeatable }: PlanScript): string =>
  `${sizeBytes} bytes (${sha256.slice(0, 12)}), at most ${timeoutMinutes} min${repeatable ? "" : ", not repeatable"}`;

function differing(what: string, before: string, after: string): PlanChange[] {
  return before === after ? [] : [{ what, before: before || null, after: after || null }];
}

/** The same obstacle is the same whatever its figures say now. */
function obstacles(before: readonly PlanFinding[], after: readonly PlanFinding[]): PlanChange[] {
  const without = (list: readonly PlanFinding[], other: readonly PlanFinding[]) =>
    list.filter(({ id }) => !other.some((one) => one.id === id));
  const what = "Stands in the way";
  return [
    ...without(after, before).map(({ text }) => ({ what, before: null, after: text })),
    ...without(before, after).map(({ text }) => ({ what, before: text, after: null })),
  ];
}

/** These have a line of their own. */
const ownRows: readonly string[] = ["vmid", "ostemplate"];

function options(noun: string, before: readonly PlanOption[], after: readonly PlanOption[]): PlanChange[] {
  const pairs = (list: readonly PlanOption[]) =>
    list
      .filter(({ option }) => !ownRows.includes(option))
      .map(({ option, value }): [string, string] => [option, value]);
  return keyed(noun, pairs(before), pairs(after));
}

function keyed(noun: string, before: readonly [string, string][], after: readonly [string, string][]): PlanChange[] {
  const [old, now] = [new Map(before), new Map(after)];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((key) =>
    differing(`${noun} ${key}`, old.get(key) ?? "", now.get(key) ?? ""),
  );
}
