"use client";
// A run as it happens: its state from the query cache, its log folded as it comes; a reconnect goes on where it was.
import type { LogPiece, RunDetail } from "@homeport/api";
import { isActive } from "@homeport/domain/run/run-state";
import { useCallback, useEffect, useRef, useState } from "react";
import { trpc } from "@/lib/trpc";
import { addToRunLog, type RunLog } from "./log/run-log";

/** Pieces that come within this time are drawn together. */
const GATHER_MS = 60;

const LOOK_MS = 15_000;

type Connection = "live" | "connecting" | "lost";
/** By the state of the subscription, which is "pending" while it waits for the next message. */
const connections = { idle: "connecting", connecting: "connecting", pending: "live", error: "lost" } as const;

export function useRun(id: string) {
  // A read that was under way while the stream brought something newer must not put the run back.
  const query = trpc.runs.get.useQuery(
    { id },
    {
      structuralSharing: (known, read) => newer(known as RunDetail | undefined, read as RunDetail),
      // The stream tells all; a run that goes on is looked at now and then all the same.
      refetchInterval: ({ state }) => (state.data && isActive(state.data.state) ? LOOK_MS : false),
    },
  );
  const utils = trpc.useUtils();
  const [log, setLog] = useState<RunLog>(() => new Map());
  const [replayed, setReplayed] = useState(false);
  const gathered = useGathered(setLog);

  const subscription = trpc.runs.watch.useSubscription(
    { id },
    {
      onData: ({ data }) => {
        if (data.type === "log") gathered(data.lines);
        else {
          setReplayed(true);
          utils.runs.get.setData({ id }, data.run);
        }
      },
    },
  );
  const connection: Connection = connections[subscription.status];
  return {
    run: query.data,
    error: query.error,
    refetch: query.refetch,
    log,
    connection,
    replayed,
    reconnect: subscription.reset,
  };
}

const newer = (known: RunDetail | undefined, seen: RunDetail): RunDetail =>
  known && known.version > seen.version ? known : seen;

/** Adds pieces to the log a few times a second, however many events bring them. */
function useGathered(setLog: (change: (log: RunLog) => RunLog) => void): (pieces: readonly LogPiece[]) => void {
  const waiting = useRef<LogPiece[]>([]);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      timer.current = undefined;
    },
    [],
  );
  return useCallback(
    (pieces) => {
      waiting.current.push(...pieces);
      timer.current ??= setTimeout(() => {
        const all = waiting.current;
        waiting.current = [];
        timer.current = undefined;
        setLog((log) => addToRunLog(log, all));
      }, GATHER_MS);
    },
    [setLog],
  );
}
