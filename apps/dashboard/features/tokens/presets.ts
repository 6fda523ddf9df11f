// Sets of rights by a name; whatever is none of them was chosen right by right.
import { tokenPresets, type TokenPermission } from "@homeport/domain/access/token-scope";

export type Preset = keyof typeof tokenPresets | "chosen";

export const startingPermissions = tokenPresets.looking;

export const presets: readonly { value: Preset; label: string; hint: string }[] = [
  { value: "looking", label: "Look only", hint: "Sees all, but no secret, and changes nothing." },
  { value: "operating", label: "Create and operate", hint: "The same, and makes, operates and destroys containers." },
  { value: "chosen", label: "Chosen right by right", hint: "The list below." },
];

export function presetOf(permissions: readonly TokenPermission[]): Preset {
  const same = (others: readonly TokenPermission[]): boolean =>
    others.length === permissions.length && others.every((one) => permissions.includes(one));
  if (same(tokenPresets.looking)) return "looking";
  return same(tokenPresets.operating) ? "operating" : "chosen";
}
