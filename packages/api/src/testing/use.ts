// One call of a procedure whose answer and audit lines are kept; with the key of its request, where it has one.

export type Use = <T>(path: string, call: (requestKey: string) => Promise<T>) => Promise<T>;
