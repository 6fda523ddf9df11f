// Joins class names; of two Tailwind classes for the same property the later one stays.
import { clsx, type ClassValue } from "clsx";
import { extendTailwindMerge } from "tailwind-merge";

// The sizes of styles.css: without their names "text-meta" would be taken for a colour and thrown out.
const merge = extendTailwindMerge({
  extend: { classGroups: { "font-size": [{ text: ["meta", "table", "body", "title", "page"] }] } },
});

export function cn(...values: ClassValue[]): string {
  return merge(clsx(values));
}
