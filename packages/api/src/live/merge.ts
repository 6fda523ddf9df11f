// Several event sources as one, each in its own order and no faster than they are read.

/**
 * Yields [index of the source, its event]. Ends when all have ended; the first that throws ends it with its error.
 * When its reader leaves, a source whose event was not read yet is ended here; one that waits for its next event cannot be ended from
 * outside, so the caller ends it by its signal.
 */
export async function* merge<T>(sources: readonly AsyncIterable<T>[]): AsyncGenerator<[number, T], void, void> {
  const ready: { item: [number, T]; taken: () => void }[] = [];
  let open = sources.length;
  let left = false;
  let failure: { error: unknown } | undefined;
  let ring: () => void = () => undefined;
  const pump = async (source: AsyncIterable<T>, at: number): Promise<void> => {
    try {
      for await (const event of source) {
        if (left) return;
        await new Promise<void>((taken) => {
          ready.push({ item: [at, event], taken });
          ring();
        });
        if (left) return;
      }
    } catch (error) {
      failure ??= { error };
    }
    open -= 1;
    ring();
  };
  sources.forEach((source, at) => void pump(source, at));
  try {
    for (;;) {
      for (let next = ready.shift(); next !== undefined; next = ready.shift()) {
        next.taken();
        yield next.item;
      }
      if (failure) throw failure.error;
      if (open === 0) return;
      await new Promise<void>((resolve) => {
        ring = resolve;
        if (ready.length > 0 || failure !== undefined || open === 0) resolve();
      });
    }
  } finally {
    left = true;
    for (const { taken } of ready) taken();
  }
}
