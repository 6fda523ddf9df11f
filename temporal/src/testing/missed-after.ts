// How long a worker of the tests may be silent in a step, in ms. Activities beat every second, and every second beat is sent.
export const MISSED_AFTER_MS = 6_000;
