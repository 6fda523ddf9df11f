// A key's fingerprint to be compared by eye: large, mono, with the command that prints it on the machine itself.
import { CodeBlock } from "@homeport/ui/code-block";
import { cn } from "@homeport/ui/cn";

export interface FingerprintProps {
  title: string;
  /** Seen now; null when the machine showed none. */
  seen: string | null;
  /** What was confirmed before, when it is another. */
  pinned: string | null;
  command: string;
}

export function Fingerprint({ title, seen, pinned, command }: FingerprintProps) {
  const changed = pinned !== null && seen !== null && pinned !== seen;
  return (
    <section aria-label={title}>
      <h2 className="mb-2 font-semibold">{title}</h2>
      <div className={cn("grid gap-3", changed && "md:grid-cols-2")}>
        {changed && <Value label="Confirmed before" value={pinned} />}
        <Value label={changed ? "Shown now" : undefined} value={seen} tone={changed ? "bad" : undefined} />
      </div>
      <p className="mt-3 mb-1 text-table text-muted">On the machine itself, this prints it:</p>
      <CodeBlock text={command} copyLabel="Copy the command" />
    </section>
  );
}

function Value({ label, value, tone }: { label?: string | undefined; value: string | null; tone?: "bad" | undefined }) {
  return (
    <div className={cn("rounded-md border bg-sunken p-3", tone === "bad" && "border-bad bg-bad-soft")}>
      {label !== undefined && (
        <p className={cn("mb-1 text-meta", tone === "bad" ? "text-bad" : "text-muted")}>{label}</p>
      )}
      <p className="font-mono text-title leading-7 break-words">
        {value === null ? <span className="text-muted">none shown</span> : grouped(value)}
      </p>
    </div>
  );
}

/** Four pairs a group, to be compared in steps; a SHA256: text stays whole. */
function grouped(value: string) {
  const pairs = value.split(":");
  if (pairs.length < 8) return <span className="break-all">{value}</span>;
  const groups = Array.from({ length: Math.ceil(pairs.length / 4) }, (_, index) =>
    pairs.slice(index * 4, index * 4 + 4).join(":"),
  );
  return groups.map((group, index) => (
    <span key={index} className="inline-block">
      {group}
      {index < groups.length - 1 ? ":" : ""}
    </span>
  ));
}
