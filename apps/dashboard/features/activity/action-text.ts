// What the audit log's action codes mean, in words.
const actions: Record<string, string> = {
  "account.seed": "was made at the first start",
  "account.sign_up": "signed up",
  "account.sign_in": "signed in",
  "account.sign_in_demo": "signed in as the demo person",
  "account.sign_in_failed": "failed to sign in",
  "account.sign_out": "signed out",
  "account.confirm_password": "entered the password once more",
  "account.change_password": "changed the password",
  "session.end": "ended a session",
  "session.end_others": "ended all other sessions",
  "project.create": "created project",
  "project.update": "changed project",
  "node.seed": "set up node",
  "node.draft": "began to test node",
  "node.discard": "discarded the unsaved node",
  "node.create": "added node",
  "node.update": "changed node",
  "node.destroy": "deleted node",
  "node.set_default": "made default node",
  "node.probe": "checked node",
  "node.share": "shared node",
  "node.unshare": "stopped sharing node",
  "node.confirm": "confirmed the keys of node",
  "container.create": "created container",
  "container.start": "started container",
  "container.stop": "stopped container",
  "container.shutdown": "shut down container",
  "container.reboot": "rebooted container",
  "container.destroy": "destroyed container",
  "batch.create": "created containers",
  "batch.retry": "started failed ones again of",
  "run.cancel": "cancelled run",
  "run.undo": "undid run",
  "run.retry": "retried a step of run",
  "run.skip": "skipped a step of run",
  "run.pause": "paused run",
  "run.resume": "resumed run",
  "run.export": "downloaded the bundle of run",
  "orphan.look": "compared records, engine and nodes",
  "orphan.adopt": "adopted",
  "orphan.resume": "resumed the run of",
  "orphan.delete": "settled by deletion",
  "orphan.ignore": "ignored orphan",
  "orphan.reopen": "opened orphan again:",
  "secret.reveal": "revealed the credentials of",
};

/** Of codes without words of their own: "container.start" → "start container". */
export function actionText(action: string): string {
  const known = actions[action];
  if (known !== undefined) return known;
  const [noun = action, verb = ""] = action.split(".");
  return `${verb.replaceAll("_", " ")} ${noun}`.trim();
}
