"use client";
// The filtered record as a file.
import type { ActivityView } from "@homeport/api";
import { Button } from "@homeport/ui/button";
import { DropdownMenu, DropdownMenuContent, DropdownMenuItem, DropdownMenuTrigger } from "@homeport/ui/dropdown-menu";
import { toast } from "@homeport/ui/toast";
import { Download } from "lucide-react";
import { useState } from "react";
import { trpc, type ApiError } from "@/lib/trpc";
import { exportFormats, type ExportFormat } from "./exports";
import type { ActivityFilter } from "./use-activity-filter";

const PAGE = 100;
/** Beyond this a browser's memory is no place for it. */
const MOST = 20_000;

export function ExportMenu({ filter, isEmpty }: { filter: ActivityFilter; isEmpty: boolean }) {
  const utils = trpc.useUtils();
  const [exporting, setExporting] = useState(false);

  const exportAs = async (format: ExportFormat): Promise<void> => {
    setExporting(true);
    try {
      const all: ActivityView[] = [];
      let cursor: string | null = null;
      do {
        const page: { items: ActivityView[]; nextCursor: string | null } = await utils.activity.list.fetch({
          ...filter,
          limit: PAGE,
          cursor,
        });
        all.push(...page.items);
        cursor = page.nextCursor;
      } while (cursor !== null && all.length < MOST);
      download(format, all);
      if (cursor !== null) toast.warning(`Only the newest ${all.length} lines were exported.`);
    } catch (error) {
      toast.error("Nothing was exported.", { description: (error as ApiError).message }); // only the API is asked above
    } finally {
      setExporting(false);
    }
  };

  const button = (
    <Button pending={exporting} disabledReason={isEmpty ? "There is nothing to export." : undefined}>
      {!exporting && <Download aria-hidden />}Export
    </Button>
  );
  if (isEmpty || exporting) return button;
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>{button}</DropdownMenuTrigger>
      <DropdownMenuContent>
        {exportFormats.map((format) => (
          <DropdownMenuItem key={format.name} onSelect={() => void exportAs(format)}>
            {format.name}
            <span className="ml-2 text-meta text-muted">{format.use}</span>
          </DropdownMenuItem>
        ))}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}

function download({ extension, type, write }: ExportFormat, items: readonly ActivityView[]): void {
  const url = URL.createObjectURL(new Blob([write(items)], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = `homeport-activity-${new Date().toISOString().slice(0, 10)}.${extension}`;
  link.click();
  URL.revokeObjectURL(url);
}
