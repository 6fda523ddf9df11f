// Reading what a config keeps: property strings and sizes.

import { parseProperties, type PropertyFormat } from "../schema/property-string";

/** Properties of a stored (so valid) property string. */
export function properties(text: string | undefined, format: PropertyFormat): Record<string, string> {
  if (text === undefined) return {};
  const parsed = parseProperties("", text, format);
  return "value" in parsed ? parsed.value : {};
}

export function toGib(size: string): number {
  const unit = { K: 1 / 1048576, M: 1 / 1024, G: 1, T: 1024 }[size.slice(-1)];
  return unit === undefined ? Number(size) / 1024 ** 3 : Number(size.slice(0, -1)) * unit;
}
