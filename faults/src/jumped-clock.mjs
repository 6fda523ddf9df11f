// Loaded before a worker: its clock is so many milliseconds off, everywhere in the process.
const offsetMs = Number(process.env.HOMEPORT_TEST_CLOCK_OFFSET_MS ?? 0);
const TrueDate = Date;

globalThis.Date = class extends TrueDate {
  constructor(...given) {
    if (given.length === 0) super(TrueDate.now() + offsetMs);
    else super(...given);
  }
  static now() {
    return TrueDate.now() + offsetMs;
  }
};
