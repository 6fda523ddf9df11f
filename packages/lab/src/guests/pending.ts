// Changes that waited for the next start become the config.

import type { Core } from "../core";
import type { GuestRecord } from "./record";

export function applyPending(core: Core, record: GuestRecord): GuestRecord {
  if (Object.keys(record.pending).length === 0) return record;
  const options = { ...record.options };
  for (const [key, value] of Object.entries(record.pending)) {
    if (value === null) delete options[key];
    else options[key] = value;
  }
  const applied = { ...record, options, pending: {} };
  core.guests.save(applied);
  return applied;
}
