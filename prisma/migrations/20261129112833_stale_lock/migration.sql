-- What the screen calls a stale Proxmox lock has that name in the database too.
ALTER TYPE "OrphanKind" RENAME VALUE 'dead_lock' TO 'stale_lock';
