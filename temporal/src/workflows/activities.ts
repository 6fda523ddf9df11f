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
/** In the process that creates: what the node says of a plan counts for a moment for the click and the run behind it (host/recent.ts). */
export const planning = proxyActivities<HostActivities>(activityOptions.plan);
export const reconciling = () => besides(activityOptions.reconcile);
export const keepingHouse = () => besides(activityOptions.housekeeping);
export const watching = () => besides(activityOptions.watch);
