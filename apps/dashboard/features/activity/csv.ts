// The activity as a table for other programs.
import type { ActivityView } from "@homeport/api";

/** RFC 4180; a cell that a spreadsheet would take for a formula is made text by an apostrophe. */
export function toCsv(items: readonly ActivityView[]): string {
  const rows = items.map(({ createdAt, actorName, action, targetType, targetName, targetId, ip, details }) => [
    createdAt.toISOString(),
    actorName ?? "",
    action,
    targetType ?? "",
    targetName ?? "",
    targetId ?? "",
    ip ?? "",
    JSON.stringify(details),
  ]);
  return (
    [["time", "actor", "action", "target type", "target", "target id", "address", "details"], ...rows]
      .map((row) => row.map(cell).join(","))
      .join("\r\n") + "\r\n"
  );
}

function cell(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
