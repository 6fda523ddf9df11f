// How many batches a page of the list holds; the server prefetches as many as the browser asks for.
export const BATCHES_PAGE = 20;
