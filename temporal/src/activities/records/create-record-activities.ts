// Everything that only writes rows, as activities.
import { endWhenGone } from "./gone";
import { nodeRecords } from "./node-records";
import { runRecords } from "./run-records";
import { type TurnDeps, turnRecords } from "./turns";
import type { RecordDeps } from "./types";
import { vmidRecords } from "./vmid-records";

export const createRecordActivities = (deps: RecordDeps & TurnDeps) => endWhenGone({ ...runRecords(deps), ...vmidRecords(deps), ...nodeRecords(deps), ...turnRecords(deps) });
export type RecordActivities = ReturnType<typeof createRecordActivities>;
