// Which package names can be added to the list of a step.
import { TemplatePackage } from "@homeport/domain/template/template";

/** In words; undefined when it can be added. */
export function whyNotPackage(name: string, packages: readonly string[]): string | undefined {
  if (packages.includes(name)) return `${name} is in the list already.`;
  return TemplatePackage.shape.name.safeParse(name).success
    ? undefined
    : `“${name}” is no package name: lower-case letters, digits and + - . after the first.`;
}
