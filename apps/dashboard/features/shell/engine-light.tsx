"use client";
// A quiet light: whether everything that a run needs answers, and what does not.
import type { EngineStatus } from "@homeport/api";
import { Popover } from "@homeport/ui/popover";
import { StateIcon, type StateTone } from "@homeport/ui/state-badge";
import { RelativeTime } from "@homeport/ui/relative-time";
import { ExternalLink } from "lucide-react";
import { useEngine } from "@/lib/hooks/use-engine";
import { useSessionState } from "@/lib/session-provider";

const parts = [
  { key: "dashboard", title: "Dashboard" },
  { key: "database", title: "Database" },
  { key: "temporal", title: "Temporal" },
  { key: "worker", title: "Worker" },
] as const satisfies readonly { key: keyof EngineStatus; title: string }[];

export function EngineLight() {
  const { data, error, isError, dataUpdatedAt } = useEngine();
  const session = useSessionState();
  const signedOut = session !== "open" || error?.data?.appCode === "unauthenticated";
  const who = session === "other" ? "another person is signed in now" : "you are signed out";
  const nobody = signedOut ? `not known, as ${who}` : undefined;
  const uiUrl = data?.temporal.uiUrl ?? null;
  const failing = data ? parts.filter(({ key }) => !data[key].ok) : [];
  const slow = data ? parts.filter(({ key }) => data[key].ok && data[key].reason !== null) : [];
  const { tone, words } = verdict({
    nobody,
    slow: slow.map(({ title }) => title),
    isError,
    databaseAway: error?.data?.appCode === "unavailable",
    known: data !== undefined,
    failing: failing.map(({ title }) => title),
  });
  return (
    <Popover
      label="Engine"
      trigger={
        <button
          type="button"
          aria-label={`Engine: ${words}`}
          className="flex h-8 min-w-8 items-center justify-center gap-1.5 rounded-md px-1.5 text-meta text-muted hover:bg-hover"
        >
          <StateIcon tone={tone} />
          {tone === "bad" && <span className="hidden text-bad sm:inline">{words}</span>}
        </button>
      }
    >
      <div className="border-b px-4 py-3">
        <p className="font-semibold">Engine: {words}</p>
        {dataUpdatedAt > 0 && (
          <p className="text-meta text-muted">
            asked <RelativeTime at={new Date(dataUpdatedAt)} />
          </p>
        )}
      </div>
      <ul className="grid gap-2 px-4 py-3">
        {parts.map(({ key, title }) => {
          const part = isError ? undefined : data?.[key];
          return (
            <li key={key} className="flex gap-2">
              <StateIcon tone={part === undefined ? "unknown" : partTone(part)} className="mt-0.75" />
              <span className="min-w-0">
                {title}
                <span className="block text-meta text-muted">
                  {part === undefined ? "Unknown" : (part.reason ?? "Answers")}
                </span>
              </span>
            </li>
          );
        })}
      </ul>
      {failing.length > 0 && (
        <p className="border-t px-4 py-3 text-table text-muted">
          What is asked for now is kept and starts when the engine is back. Running containers are not affected.
        </p>
      )}
      {uiUrl !== null && (
        <a
          href={uiUrl}
          target="_blank"
          rel="noreferrer"
          className="flex items-center gap-2 border-t px-4 py-3 text-accent underline underline-offset-2"
        >
          Temporal UI
          <ExternalLink aria-hidden className="size-3.5" />
        </a>
      )}
    </Popover>
  );
}

function partTone({ ok, reason }: EngineStatus[(typeof parts)[number]["key"]]): StateTone {
  if (!ok) return "bad";
  return reason === null ? "good" : "wait";
}

function verdict({
  nobody,
  isError,
  databaseAway,
  known,
  failing,
  slow,
}: {
  nobody: string | undefined;
  slow: readonly string[];
  isError: boolean;
  databaseAway: boolean;
  known: boolean;
  failing: readonly string[];
}): { tone: StateTone; words: string } {
  if (nobody !== undefined) return { tone: "unknown", words: nobody };
  if (databaseAway) return { tone: "bad", words: "the database does not answer" };
  if (isError) return { tone: "bad", words: "the dashboard's server does not answer" };
  if (!known) return { tone: "idle", words: "not asked yet" };
  if (failing.length > 0) return { tone: "bad", words: `${failing.join(" and ")} away` };
  if (slow.length > 0) return { tone: "wait", words: `${slow.join(" and ")} slow` };
  return { tone: "good", words: "all well" };
}
