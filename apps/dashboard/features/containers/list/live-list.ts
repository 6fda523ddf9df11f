// A list of containers in the query cache, kept up to date by the stream of its changes.
import type { ContainerChanges, ContainerView } from "@homeport/api";
import { applyChanges, digestOf, stampOf } from "@homeport/domain/container/list-changes";
import type { QueryClient, QueryKey } from "@tanstack/react-query";

export interface LiveList {
  take: (changes: ContainerChanges) => void;
  /** Until the answered function is called. */
  start: () => () => void;
}

/**
 * `list`: the key of its query. What the stream brings while a read is under way may be older or newer than the read's answer, and is put
 * into that as well: it says how things are, not by how much they changed, and whatever is newer still comes after it.
 */
export function createLiveList(queryClient: QueryClient, list: QueryKey): LiveList {
  let meanwhile: ContainerChanges[] = [];
  // The stream asked for a read that has not succeeded yet: what it sends since is about another list than ours.
  let owed = false;
  const set = (changes: readonly ContainerChanges[]): void => {
    queryClient.setQueryData<readonly ContainerView[]>(list, (rows) => rows && changes.reduce(applyChanges, rows));
  };
  const isReading = (): boolean => queryClient.getQueryState(list)?.fetchStatus === "fetching";
  const reread = async (): Promise<void> => {
    owed = true;
    // A read that is under way may have begun before the change.
    await queryClient.cancelQueries({ queryKey: list, exact: true });
    await queryClient.invalidateQueries({ queryKey: list, exact: true });
  };
  return {
    take(changes) {
      if (changes.type === "reread") {
        void reread();
        return;
      }
      if (isReading()) meanwhile.push(changes);
      set([changes]);
      if (owed && !isReading()) void reread();
    },
    start: () =>
      queryClient.getQueryCache().subscribe((event) => {
        if (event.type !== "updated") return;
        if (event.query !== queryClient.getQueryCache().find({ queryKey: list, exact: true })) return;
        const { action } = event;
        const answered = action.type === "success" && action.manual !== true;
        // What came before a read began is in its answer, though an earlier read failed.
        if (!answered && action.type !== "fetch") return;
        if (answered) owed = false;
        const late = meanwhile;
        meanwhile = [];
        if (answered && late.length > 0) set(late);
      }),
  };
}

/** Of the list as it is in the cache: the stream goes on from it when it is the server's too. */
export function digestOfList(rows: readonly ContainerView[] | undefined): string | undefined {
  return rows && digestOf(rows.map(stampOf));
}
