// Takes changes into the config: at once, or at the next start when they had to wait (PVE/LXC/Config.pm vmconfig_apply_pending).

import type { Core } from "../core";
import { mountsOf } from "./mounts";
import { stored } from "./print";
import type { GuestRecord } from "./record";
import { freed, withMount, withUnused } from "./volumes";

/** `value` null deletes the option. The result is not saved. */
export async function withChange(
  core: Core,
  record: GuestRecord,
  { key, value }: { key: string; value: string | null },
): Promise<GuestRecord> {
  const { [key]: _waiting, ...pending } = record.pending;
  const base = { ...record, pending };
  const old = record.options[key];
  const { [key]: _old, ...without } = record.options;
  if (value === null) {
    const bare = { ...base, options: without };
    if (/^mp\d+$/.test(key)) return unmounted(bare, record, key);
    return /^unused\d+$/.test(key) && old !== undefined ? freed(core, bare, old) : bare;
  }
  if (!/^mp\d+$/.test(key)) return { ...base, options: { ...base.options, [key]: stored(key, value, old) } };
  return unmounted(await withMount(core, base, { key, text: value }), record, key);
}

function unmounted(after: GuestRecord, before: GuestRecord, key: string): GuestRecord {
  const was = mountsOf(before.options).find((mount) => mount.key === key);
  return was === undefined ? after : withUnused(after, was.volid);
}

export async function applyPending(core: Core, record: GuestRecord): Promise<GuestRecord> {
  if (Object.keys(record.pending).length === 0) return record;
  let applied = record;
  for (const [key, value] of Object.entries(record.pending)) {
    applied = await withChange(core, applied, { key, value });
    // One volume at a time: what was made is in the config before the next one is.
    core.guests.save(applied);
  }
  return applied;
}
