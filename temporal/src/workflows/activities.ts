// The activities as workflows call them, each with its line of the table of retries.
import { type ActivityOptions, proxyActivities, workflowInfo } from "@temporalio/workflow";
import type { HostActivities } from "../activities/host/create-host-activities";
import type { RecordActivities } from "../activities/records/create-record-activities";
import { activityOptions } from "../activities/retries";
import { nodesQueue } from "../contract";
import { hereFirst } from "./here-first";

/** Of all others: what they answer must be in the history before anything is done with it. */
export const asking = proxyActivities<RecordActivities>(activityOptions.records);
export const records = hereFirst<RecordActivities>(asking);
export const tasks = proxyActivities<HostActivities>(activityOptions.task);
export const scripts = proxyActivities<HostActivities>(activityOptions.script);
export const undoing = proxyActivities<HostActivities>(activityOptions.undo);

/** On the queue beside that of the workflow. */
const besides = (options: ActivityOptions) =>
  proxyActivities<HostActivities & RecordActivities>({ ...options, taskQueue: nodesQueue(workflowInfo().taskQueue) });
export const probing = () => besides(activityOptions.probe);
export const planning = () => besides(activityOptions.plan);
/** For a create, in the process that makes it: what the node says now counts for the run's check in a moment (host/recent.ts). */
export const planningToCreate = proxyActivities<HostActivities>(activityOptions.plan);
export const reconciling = () => besides(activityOptions.reconcile);
export const lending = proxyActivities<RecordActivities>(activityOptions.lease);
export const keepingHouse = () => besides(activityOptions.housekeeping);
export const watching = () => besides(activityOptions.watch);
