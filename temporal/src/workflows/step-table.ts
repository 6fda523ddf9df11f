// The run as a Markdown table, for the Temporal UI.

export interface TableStep {
  name: string;
  title: string;
  state: "pending" | "running" | "done" | "warning" | "failed" | "skipped" | "undone";
  attempt: number;
  detail?: string | undefined;
}

const signs: Record<TableStep["state"], string> = {
  pending: "○",
  running: "▶",
  done: "✓",
  warning: "⚠",
  failed: "✗",
  skipped: "→",
  undone: "↶",
};

export function stepTable(heading: string, steps: readonly TableStep[]): string {
  const rows = steps.map(
    ({ title, state, attempt, detail }, index) =>
      `| ${index + 1} | ${cell(title)} | ${signs[state]} ${state} | ${attempt} | ${cell(detail ?? "")} |`,
  );
  return [`**${cell(heading)}**`, "", "| # | Step | State | Attempt | |", "|---|---|---|---|---|", ...rows].join("\n");
}

/** Texts of people and hosts stay text: no markup, no line break, no cell border. */
function cell(text: string): string {
  return text
    .replace(/\s+/g, " ")
    .replace(/[\\`*_[\]<>|]/g, "\\$&")
    .slice(0, 200);
}
