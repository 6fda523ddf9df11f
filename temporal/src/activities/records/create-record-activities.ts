// Everything that only writes rows, as activities.
import { decisionRecords } from "./decision-records";
import { endWhenGone } from "./gone";
import { type HousekeepingDeps, housekeepingRecords } from "./housekeeping/housekeeping-records";
import type { LeaseDeps } from "./lease/act-on-lease";
import { leaseRecords } from "./lease/lease-records";
import { nodeRecords } from "./node-records";
import { type ReconcileDeps, reconcileRecords } from "./reconcile-runs";
import { runRecords } from "./run-records";
import { type SlotDeps, slotRecords } from "./slots";
import type { RecordDeps } from "./types";
import { vmidRecords } from "./vmid/vmid-records";

export const createRecordActivities = (deps: RecordDeps & SlotDeps & ReconcileDeps & HousekeepingDeps & LeaseDeps) =>
  endWhenGone({
    ...runRecords(deps),
    ...decisionRecords(deps),
    ...vmidRecords(deps),
    ...nodeRecords(deps),
    ...slotRecords(deps),
    ...reconcileRecords(deps),
    ...housekeepingRecords(deps),
    ...leaseRecords(deps),
  });
export type RecordActivities = ReturnType<typeof createRecordActivities>;
