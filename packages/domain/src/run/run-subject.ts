// What a run is about. Every kind of today is about a container; whoever reads that container says so here, and finds each such place again
// when the first kind comes that is about something else.

interface MaybeOfContainer<C> {
  container: C | null;
}

/** What `containerOf` answers of such a row. */
export type ContainerOf<R extends MaybeOfContainer<unknown>> = NonNullable<R["container"]>;

/** Throws for a run of another subject: that its kind has none is known before it is read (domain/run/run-kinds). */
export function containerOf<C>({ container }: MaybeOfContainer<C>): C {
  return present(container);
}

/** The same where only the id was read. */
export function containerIdOf({ containerId }: { containerId: string | null }): string {
  return present(containerId);
}

function present<T>(value: T | null): T {
  if (value === null) throw new Error("This run is not about a container.");
  return value;
}
