// The activity as a file for other programs.
import type { ActivityView } from "@homeport/api";

export interface ExportFormat {
  name: string;
  use: string;
  extension: string;
  type: string;
  write: (items: readonly ActivityView[]) => string;
}

/** One JSON object a line (NDJSON): nothing is flattened, and a program can read it piece by piece. */
function toNdjson(items: readonly ActivityView[]): string {
  return items
    .map(({ id, createdAt, actorName, actorEmail, action, targetType, targetName, targetId, ip, details }) =>
      JSON.stringify({
        id,
        time: createdAt.toISOString(),
        actor: actorName,
        email: actorEmail,
        action,
        target: targetType === null ? null : { type: targetType, id: targetId, name: targetName },
        address: ip,
        details,
      }),
    )
    .map((line) => `${line}\n`)
    .join("");
}

/** RFC 4180; a cell that a spreadsheet would take for a formula is made text by an apostrophe. */
function toCsv(items: readonly ActivityView[]): string {
  const rows = items.map(
    ({ id, createdAt, actorName, actorEmail, action, targetType, targetName, targetId, ip, details }) => [
      id,
      createdAt.toISOString(),
      actorName ?? "",
      actorEmail ?? "",
      action,
      targetType ?? "",
      targetName ?? "",
      targetId ?? "",
      ip ?? "",
      JSON.stringify(details),
    ],
  );
  return (
    [
      ["entry", "time", "actor", "e-mail", "action", "target type", "target", "target id", "address", "details"],
      ...rows,
    ]
      .map((row) => row.map(cell).join(","))
      .join("\r\n") + "\r\n"
  );
}

function cell(text: string): string {
  const harmless = /^[=+\-@\t\r＝＋－＠]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

export const exportFormats: readonly ExportFormat[] = [
  { name: "CSV", use: "for a spreadsheet", extension: "csv", type: "text/csv;charset=utf-8", write: toCsv },
  { name: "NDJSON", use: "for a program", extension: "ndjson", type: "application/x-ndjson", write: toNdjson },
];
