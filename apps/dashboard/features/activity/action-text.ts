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
  "account.send_link": "had a link sent to confirm the address",
  "account.ask_address": "asked for another address",
  "account.cancel_link": "took back the link to an address",
  "account.confirm_address": "confirmed the address",
  "account.change_address": "changed the address",
  "account.ask_reset": "asked for a link to set a new password",
  "account.reset_password": "set a new password by a mailed link",
  "account.begin_second_factor": "began to set up two-factor sign-in",
  "account.confirm_second_factor": "turned two-factor sign-in on",
  "account.end_second_factor": "turned two-factor sign-in off",
  "account.renew_recovery_codes": "made new recovery codes",
  "account.disable": "disabled an account",
  "account.enable": "enabled an account",
  "mail.open": "opened a kept mail to",
  "mail.send_again": "sent again the mail to",
  "mail.discard": "discarded the mail to",
  "token.create": "made the API token",
  "token.revoke": "revoked the API token",
  "session.end": "ended a session",
  "session.end_others": "ended all other sessions",
  "organization.create": "created organization",
  "organization.update": "changed organization",
  "invitation.create": "invited",
  "invitation.renew": "made a new link of the invitation for",
  "invitation.revoke": "revoked the invitation for",
  "member.join": "joined organization",
  "member.set_role": "changed the role of",
  "member.set_project_role": "set the role in a project of",
  "member.remove_from_project": "removed from a project",
  "member.remove": "removed",
  "member.leave": "left organization",
  "organization.destroy": "deleted organization",
  "project.destroy": "deleted project",
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
  "audit.drop": "dropped the oldest entries of this record",
  "access.refuse": "was refused",
  "secret.reveal": "revealed the credentials of",
};

/** Why something was refused, by the name of the refusal. */
const refusals: Record<string, string> = {
  "role.forbids": "their role does not allow it",
  "token.forbids": "the API token was not given the right",
  "thing.not_found": "it is not there, or not theirs",
  "invitation.other_account": "the invitation is for another address",
};

/** A detail of an entry as it is shown. */
export function detailText(name: string, value: unknown): string {
  return (name === "reason" ? refusals[String(value)] : undefined) ?? String(value);
}

/** Of codes without words of their own: "container.start" → "start container". */
export function actionText(action: string): string {
  const known = actions[action];
  if (known !== undefined) return known;
  const [noun = action, verb = ""] = action.split(".");
  return `${verb.replaceAll("_", " ")} ${noun}`.trim();
}
