"use client";
// What can be done with a run's record: run it again, compare it, take it along.
import type { RunDetail } from "@homeport/api";
import { isActive } from "@homeport/domain/run/run-state";
import { runKinds } from "@homeport/domain/run/run-kinds";
import { Button } from "@homeport/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@homeport/ui/dropdown-menu";
import { ChevronDown, Download, ExternalLink, GitCompare, RotateCw, SlidersHorizontal } from "lucide-react";
import { useGo } from "@/lib/project/project-provider";
import { useRoleRefusal } from "@/lib/project/use-role";
import dynamic from "next/dynamic";
import { useState } from "react";

const AgainDialog = dynamic(() => import("./replay/again-dialog").then((loaded) => loaded.AgainDialog), { ssr: false });
const CompareDialog = dynamic(() => import("./replay/compare-dialog").then((loaded) => loaded.CompareDialog), {
  ssr: false,
});

export function RunMenu({ run }: { run: RunDetail }) {
  const go = useGo();
  const [open, setOpen] = useState<"again" | "compare">();
  const refusal = useRoleRefusal("container:write");
  const running = isActive(run.state) ? "It has not ended yet." : undefined;
  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button>
            More
            <ChevronDown aria-hidden />
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent>
          {runKinds[run.kind].repeatable && (
            <>
              <DropdownMenuItem
                disabledReason={refusal ?? running}
                onSelect={() => {
                  setOpen("again");
                }}
              >
                <RotateCw aria-hidden />
                Run again
              </DropdownMenuItem>
              <DropdownMenuItem
                disabledReason={refusal}
                onSelect={() => {
                  go(`/new?from=${run.id}`);
                }}
              >
                <SlidersHorizontal aria-hidden />
                Run again with changes
              </DropdownMenuItem>
            </>
          )}
          <DropdownMenuItem
            onSelect={() => {
              setOpen("compare");
            }}
          >
            <GitCompare aria-hidden />
            Compare with…
          </DropdownMenuItem>
          <DropdownMenuSeparator />
          <DropdownMenuItem asChild>
            <a href={`/api/runs/${run.id}/bundle`} download>
              <Download aria-hidden />
              Download bundle
            </a>
          </DropdownMenuItem>
          {run.temporalUrl && (
            <DropdownMenuItem asChild>
              <a href={run.temporalUrl} target="_blank" rel="noreferrer">
                <ExternalLink aria-hidden />
                Open in Temporal’s UI
              </a>
            </DropdownMenuItem>
          )}
        </DropdownMenuContent>
      </DropdownMenu>
      {open === "again" && (
        <AgainDialog
          run={run}
          onClose={() => {
            setOpen(undefined);
          }}
        />
      )}
      {open === "compare" && (
        <CompareDialog
          run={run}
          onClose={() => {
            setOpen(undefined);
          }}
        />
      )}
    </>
  );
}
