// What will be made: a row each, as the patterns are typed.
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@homeport/ui/table";
import { describeNetwork } from "@homeport/domain/container/network";
import type { PreviewRow } from "./batch-draft";

export function BatchPreview({ rows }: { rows: readonly PreviewRow[] }) {
  return (
    <section aria-label="What will be made" className="overflow-hidden rounded-md border bg-surface">
      <p role="status" className="border-b px-4 py-2 font-medium">
        {rows.length === 0 || rows.some(({ undecided }) => undecided)
          ? "What will be made"
          : `${rows.length} ${rows.length === 1 ? "container" : "containers"} will be made`}
      </p>
      {rows.length === 0 ? (
        <p className="px-4 py-6 text-muted">Type a pattern for the hostnames.</p>
      ) : (
        <div
          tabIndex={0}
          role="group"
          aria-label="Every container"
          className="max-h-[60dvh] overflow-y-auto focus-visible:-outline-offset-2"
        >
          <Table>
            <TableHead>
              <tr className="border-b">
                <TableHeader>Name</TableHeader>
                <TableHeader>VMID</TableHeader>
                <TableHeader>Address</TableHeader>
              </tr>
            </TableHead>
            <TableBody>
              {rows.map(({ hostname, vmid, network, problem, undecided }) => (
                <TableRow key={hostname}>
                  <TableCell>
                    <span className="font-mono break-all">{hostname}</span>
                    {problem !== undefined && <span className="block text-meta text-bad">{problem}</span>}
                  </TableCell>
                  <TableCell className="font-mono text-muted">{undecided ? "–" : (vmid ?? "automatic")}</TableCell>
                  <TableCell className="font-mono text-muted">
                    {undecided
                      ? "–"
                      : describeNetwork({ ...network, ...(network.mode === "static" ? { gateway: "" } : {}) })}
                  </TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        </div>
      )}
    </section>
  );
}
