// How many runs are asked for at a time; the server's first page and the browser's must be the same query.
export const RUNS_PAGE = 50;
