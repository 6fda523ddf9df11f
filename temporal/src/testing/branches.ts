// Every branch of every workflow, by the name of its recorded history, and the test that walks it: what the replay test demands.
//
// Where a workflow has two ways because of `patched`, the folder of the release before it holds the old one.

/** The part of the file's name before ".integration.test.ts", in temporal/src/workflows or temporal/src. */
export const branches = {
  // provisionContainer: the way to a container
  "provision-done": "workflows/provision-container",
  "provision-warned": "workflows/provision-container",
  "provision-waited-for-node": "workflows/provision-container",
  "provision-other-vmid": "workflows/provision-container",
  "provision-typed-taken": "workflows/provision-container",
  "provision-planned": "workflows/plan",
  "provision-plan-blocked": "workflows/plan",
  "provision-plan-moved": "workflows/plan",
  "provision-plan-undone": "workflows/plan",
  "provision-fetched": "workflows/plan",
  "provision-waited-turn": "workflows/turn",
  "provision-reserved-again": "workflows/scripted",
  "provision-looked-for-its-turn": "workflows/scripted",
  "provision-waited-unlock": "activities/host/create-rows",
  "provision-undo-waited-unlock": "activities/host/create-rows",

  // A failed step, in a person's hands
  "provision-awaiting": "workflows/steering",
  "provision-retried": "workflows/provision-container",
  "provision-undone": "workflows/provision-container",
  "provision-edited": "workflows/steering",
  "provision-settings-edited": "workflows/steering",
  "provision-vmid-claimed": "workflows/steering",
  "provision-vmid-chosen-at-once": "workflows/vmids",
  "provision-skipped": "workflows/steering",
  "provision-skipped-before": "workflows/steering",
  "provision-decided-twice": "workflows/steering",
  "provision-paused": "workflows/steering",
  "provision-paused-between": "workflows/steering",
  "provision-paused-cancelled": "workflows/steering",
  "provision-failed": "workflows/scripted",

  // Cancelled, in each step, and what is taken back then
  "provision-cancelled-queued": "workflows/cancel",
  "provision-cancelled-plan": "workflows/plan",
  "provision-cancelled-reserve": "workflows/cancel",
  "provision-cancelled-image": "workflows/plan",
  "provision-cancelled-turn": "workflows/turn",
  "provision-cancelled-create": "workflows/cancel",
  "provision-cancelled-start": "workflows/cancel",
  "provision-cancelled-ready": "workflows/cancel",
  "provision-cancelled-files": "workflows/cancel",
  "provision-cancelled-packages": "workflows/cancel",
  "provision-cancelled-script-one": "workflows/cancel",
  "provision-cancelled-script-two": "workflows/cancel",
  "provision-cancelled-discover": "workflows/cancel",
  "provision-cancelled-awaiting": "workflows/cancel",
  "provision-cleanup-pending": "workflows/cancel",
  "provision-cleaned-up": "workflows/cancel",

  // What Homeport recorded, and what only Temporal was asked for
  "provision-decision-not-recorded": "workflows/recorded",
  "provision-cancel-not-recorded": "workflows/recorded",
  "provision-cancel-by-request": "workflows/recorded",
  "provision-cancelled-at-its-end": "workflows/recorded",
  "provision-cancelled-in-a-record": "workflows/recorded",

  // Answers that Homeport did not give
  "provision-strange-answers": "workflows/answers",
  "provision-strange-failures": "workflows/answers",
  "provision-cancelled-stuck": "workflows/answers",
  "operate-destroy-strange-answers": "workflows/answers",

  // The fence
  "provision-fenced": "fence",
  "provision-gone": "fence",
  "provision-passed": "fence",
  "provision-begun-anew": "fence",
  "provision-ended-before": "fence",

  // operateContainer
  "operate-start": "workflows/operate-container",
  "operate-stop": "workflows/operate-container",
  "operate-shutdown": "workflows/operate-container",
  "operate-shutdown-gentle": "workflows/operate-container",
  "operate-reboot": "workflows/operate-container",
  "operate-destroy": "workflows/operate-container",
  "operate-destroy-running": "workflows/operate-container",
  "operate-destroy-carried-through": "workflows/operate-container",
  "operate-destroy-not-carried-through": "workflows/operate-container",
  "operate-destroy-unreserved": "workflows/operate-container",
  "operate-without-vmid": "workflows/operate-container",
  "operate-refused": "workflows/operate-container",
  "operate-retried": "workflows/operate-container",
  "operate-cancelled": "workflows/operate-container",
  "operate-waited-turn": "workflows/operate-container",
  "operate-paused-cancelled": "workflows/steering",

  // The others
  "plan": "workflows/scripted",
  "plan-failed": "workflows/scripted",
  "plan-batch": "workflows/scripted",
  "vmid-asked": "workflows/scripted",
  "probe": "workflows/nodes",
  "probe-unconfirmed": "workflows/nodes",
  "probe-unreachable": "workflows/nodes",
  "probe-deleted": "workflows/nodes",
  "probe-again": "workflows/scripted",
  "probe-again-at-its-end": "workflows/scripted",
  "probe-failed": "workflows/scripted",
  "watch": "workflows/nodes",
  "watch-over": "workflows/scripted",
  "watch-continued": "workflows/scripted",
  "reconcile": "workflows/reconcile",
  "reconcile-by-its-timer": "workflows/scripted",
  "reconcile-missed": "workflows/scripted",
  "reconcile-continued": "workflows/scripted",
} as const satisfies Record<string, string>;

export type Branch = keyof typeof branches;

/** Runs of a release may be under way for as long as people take to decide: what it recorded stays. */
export const released = {
  "first-release": [
    "operate-destroy", "operate-shutdown", "probe", "provision-cancelled-create", "provision-cancelled-packages", "provision-cancelled-ready", "provision-cancelled-script-one",
    "provision-cancelled-script-two", "provision-cancelled-start", "provision-done", "provision-other-vmid", "provision-retried", "provision-undone",
  ],
  "second-release": ["operate-destroy", "operate-destroy-running", "operate-destroy-unreserved"],
  "third-release": [
    "operate-cancelled", "operate-destroy-carried-through", "operate-destroy-not-carried-through", "operate-paused-cancelled", "operate-refused",
    "operate-retried", "provision-cancelled-awaiting", "provision-cancelled-create", "provision-cancelled-discover", "provision-cancelled-files",
    "provision-cancelled-image", "provision-cancelled-packages", "provision-cancelled-plan", "provision-cancelled-ready", "provision-cancelled-reserve",
    "provision-cancelled-script-one", "provision-cancelled-script-two", "provision-cancelled-start", "provision-cancelled-turn", "provision-cleaned-up",
    "provision-cleanup-pending", "provision-decided-twice", "provision-edited", "provision-failed", "provision-fenced", "provision-gone", "provision-passed",
    "provision-paused", "provision-paused-between", "provision-paused-cancelled", "provision-plan-blocked", "provision-plan-moved", "provision-plan-undone",
    "provision-retried", "provision-settings-edited", "provision-skipped", "provision-typed-taken", "provision-undo-waited-unlock", "provision-undone",
    "provision-vmid-chosen-at-once", "provision-vmid-claimed",
  ],
} as const;
