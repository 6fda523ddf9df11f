// The activities as workflows call them, each with its line of the table of retries.
import { proxyActivities } from "@temporalio/workflow";
import type { HostActivities } from "../activities/host/create-host-activities";
import type { RecordActivities } from "../activities/records/create-record-activities";
import { activityOptions } from "../activities/retries";

export const records = proxyActivities<RecordActivities>(activityOptions.records);
export const tasks = proxyActivities<HostActivities>(activityOptions.task);
export const scripts = proxyActivities<HostActivities>(activityOptions.script);
export const undoing = proxyActivities<HostActivities>(activityOptions.undo);
export const probing = proxyActivities<HostActivities>(activityOptions.probe);
export const planning = proxyActivities<HostActivities>(activityOptions.plan);
export const reconciling = proxyActivities<HostActivities & RecordActivities>(activityOptions.reconcile);
export const watching = proxyActivities<HostActivities>(activityOptions.watch);
