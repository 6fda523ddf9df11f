// Every expected refusal: its HTTP status, what it reads, and which test shows it. A refusal that is not here is a type error.
import type { Refusal } from "@homeport/domain/error";

export interface Row {
  status: 400 | 401 | 403 | 404 | 409 | 429 | 503;
  /** A part of the sentence, the same for every cause. */
  reads: string;
  /**
   * "page": a person meets it on a page of the built dashboard (e2e/refusals.e2e.ts). "call": the built dashboard's API answers so
   * (e2e/refusals.e2e.ts); a page prevents it or shows it as all others. Else the file whose test provokes it: it takes another's
   * crash or a lost race, which a browser cannot cause at will. The file holds `reads`.
   */
  shown: "page" | "call" | `${string}.test.ts` | `${string}.e2e.ts`;
}

const RETIRE = "packages/api/src/projects/retire.integration.test.ts";
const ADDRESS = "packages/api/src/address/address.integration.test.ts";
const MAILS = "packages/api/src/mails/mails.integration.test.ts";
const TOKENS = "packages/api/src/tokens/tokens.integration.test.ts";
const SECOND_FACTOR = "packages/api/src/second-factor/second-factor.integration.test.ts";
const PASSKEYS = "packages/api/src/passkeys/passkeys.integration.test.ts";
const PASSKEYS_IN = "packages/api/src/passkeys/sign-in.integration.test.ts";
const APPROVALS = "packages/api/src/approvals/approvals.integration.test.ts";
const LEASES = "packages/api/src/leases/leases.integration.test.ts";
const QUOTAS = "packages/api/src/quotas/quotas.integration.test.ts";
const INVITATIONS = "packages/api/src/invitations/invitations.integration.test.ts";

export const table = {
  "input.invalid": { status: 400, reads: "Some of the input is not right.", shown: "call" },
  "request.origin": { status: 403, reads: "Only Homeport's own pages may do this.", shown: "call" },
  "request.reused": {
    status: 409,
    reads: "with this request already",
    shown: "packages/api/src/runs/steering.integration.test.ts",
  },
  "tries.too_many": { status: 429, reads: "Too many tries. Try again in", shown: "page" },
  "calls.too_many": {
    status: 429,
    reads: "requests of your account are under way",
    shown: "packages/api/src/refusals.integration.test.ts",
  },
  "streams.too_many": {
    status: 429,
    reads: "event streams of your account are open",
    shown: "packages/api/src/live/watch.integration.test.ts",
  },
  "database.away": { status: 503, reads: "The database does not answer", shown: "scripts/outage.integration.test.ts" },
  "engine.away": {
    status: 503,
    reads: "the engine that runs all work, does not answer",
    shown: "packages/api/src/refusals.integration.test.ts",
  },
  "write.conflict": {
    status: 409,
    reads: "Already changed by someone else. Reload.",
    shown: "packages/api/src/explain.test.ts",
  },
  "write.gone": { status: 404, reads: "It is not there any more.", shown: "packages/api/src/explain.test.ts" },
  "thing.not_found": { status: 404, reads: "or it is not yours.", shown: "page" },
  "role.forbids": { status: 403, reads: "Your role", shown: "call" },
  "confirm.name": { status: 400, reads: "to confirm.", shown: "packages/api/src/orphans/orphans.integration.test.ts" },

  "session.none": { status: 401, reads: "Sign in to", shown: "page" },
  "session.stale": {
    status: 403,
    reads: "Enter your password once more",
    shown: "packages/api/src/recent-sign-in.integration.test.ts",
  },
  "session.factor_stale": { status: 403, reads: "Give a code of your authenticator app", shown: PASSKEYS },
  "session.ended": {
    status: 401,
    reads: "You were signed out.",
    shown: "packages/api/src/refusals.integration.test.ts",
  },
  "session.other": {
    status: 401,
    reads: "Another person is signed in in this browser now.",
    shown: "packages/api/src/live/watch.integration.test.ts",
  },
  "sign_in.wrong": { status: 400, reads: "The e-mail address or the password is wrong.", shown: "page" },
  "sign_in.disabled": { status: 403, reads: "This account is disabled.", shown: "page" },
  "sign_in.code_needed": { status: 400, reads: "Type the code that your authenticator app shows", shown: "page" },
  "sign_in.passkey_needed": { status: 400, reads: "this account asks for a passkey too", shown: PASSKEYS_IN },
  "passkey.place": { status: 409, reads: "Passkeys cannot be used here", shown: PASSKEYS_IN },
  "passkey.lapsed": { status: 409, reads: "or was answered already", shown: PASSKEYS_IN },
  "passkey.unknown": { status: 400, reads: "This passkey is not known here", shown: PASSKEYS_IN },
  "passkey.wrong": { status: 400, reads: "This passkey does not count", shown: PASSKEYS_IN },
  "passkey.copied": { status: 403, reads: "there is a copy of it", shown: PASSKEYS_IN },
  "passkey.other": { status: 400, reads: "This is a passkey of another account", shown: PASSKEYS },
  "passkey.taken": { status: 409, reads: "This passkey is registered already", shown: PASSKEYS },
  "passkey.name_taken": { status: 409, reads: "a passkey of this name", shown: PASSKEYS },
  "passkey.too_many": { status: 409, reads: "which is the most at once. Remove", shown: PASSKEYS },
  "second_factor.wrong": { status: 400, reads: "This code does not count", shown: "page" },
  "second_factor.on": { status: 409, reads: "Two-factor sign-in is on already.", shown: SECOND_FACTOR },
  "second_factor.off": { status: 409, reads: "Two-factor sign-in is not on", shown: SECOND_FACTOR },
  "sign_up.email_taken": { status: 409, reads: "There is an account with this e-mail address already.", shown: "page" },
  "sign_up.by_invitation": { status: 403, reads: "Sign-up is by invitation here", shown: INVITATIONS },
  "sign_up.closed": {
    status: 403,
    reads: "Sign-up is closed here.",
    shown: "packages/api/src/refusals.integration.test.ts",
  },
  "password.weak": { status: 400, reads: "password", shown: "page" },
  "password.current_wrong": { status: 400, reads: "This is not your current password.", shown: "page" },
  "password.changed_elsewhere": {
    status: 409,
    reads: "Your password was changed a moment ago, elsewhere.",
    shown: "packages/api/src/refusals.integration.test.ts",
  },
  "link.unknown": { status: 404, reads: "This link is not known", shown: "page" },
  "link.ended": { status: 409, reads: "This link", shown: "page" },
  "address.taken": { status: 409, reads: "Another account has this address by now.", shown: ADDRESS },
  "address.sign_in": { status: 403, reads: "this link changes the address of that account", shown: ADDRESS },
  "address.demo": { status: 409, reads: "the demo person", shown: ADDRESS },
  "address.same": { status: 400, reads: "This is your address already.", shown: "page" },
  "address.confirmed": { status: 409, reads: "Your address is confirmed already.", shown: ADDRESS },
  "person.self": {
    status: 409,
    reads: "You set this Homeport up",
    shown: "packages/api/src/people/people.integration.test.ts",
  },
  "token.unknown": { status: 401, reads: "This API token is not known", shown: "call" },
  "token.forbids": { status: 403, reads: "No API token may do this", shown: TOKENS },
  "token.name_taken": { status: 409, reads: "You have an API token of this name already", shown: "page" },
  "token.too_many": { status: 409, reads: "which is the most at once. Revoke those", shown: TOKENS },
  "mail.too_many": { status: 429, reads: "as many mails from here as one address gets", shown: ADDRESS },
  "mail.state": { status: 409, reads: "only one that", shown: MAILS },
  "mail.lapsed": { status: 409, reads: "Its link was used or has ended", shown: MAILS },
  "demo.used": { status: 403, reads: "has signed somebody in already", shown: "scripts/proxies.integration.test.ts" },
  "project.slug_taken": { status: 409, reads: "Another project has the address", shown: "page" },
  "project.too_many": { status: 409, reads: "An organization has at most", shown: "call" },
  "invitation.unknown": { status: 404, reads: "There is no such invitation", shown: "page" },
  "invitation.ended": { status: 409, reads: "is not open any more", shown: INVITATIONS },
  "invitation.other_account": { status: 403, reads: "and your account has the address", shown: INVITATIONS },
  "invitation.member": { status: 409, reads: "already", shown: INVITATIONS },
  "invitation.open_already": { status: 409, reads: "There is an open invitation for this address", shown: INVITATIONS },
  "invitation.too_many": { status: 409, reads: "invitations of this organization are open", shown: INVITATIONS },
  "organization.full": { status: 409, reads: "is the most that one organization has", shown: INVITATIONS },
  "organization.slug_taken": { status: 409, reads: "Another organization has the address", shown: "page" },
  "organization.too_many": {
    status: 409,
    reads: "is the most that one person can own",
    shown: "packages/api/src/organizations/organizations.integration.test.ts",
  },
  "organization.last_owner": { status: 409, reads: "keeps at least one owner", shown: "page" },
  "organization.personal": {
    status: 409,
    reads: "the person's own organization",
    shown: "packages/api/src/organizations/organizations.integration.test.ts",
  },
  "organization.own_factor": {
    status: 409,
    reads: "for your own account first",
    shown: "packages/api/src/organizations/required-factor.integration.test.ts",
  },
  "project.last": { status: 409, reads: "keeps one project at least", shown: RETIRE },
  "project.has_containers": { status: 409, reads: "There are containers left", shown: RETIRE },
  "project.has_runs": { status: 409, reads: "A run in it is not finished", shown: RETIRE },
  "project.none": { status: 403, reads: "no project", shown: "packages/api/src/refusals.integration.test.ts" },

  "node.name_taken": { status: 409, reads: "You have a node called", shown: "call" },
  "node.address": { status: 400, reads: "A link-local address", shown: "call" },
  "node.input": { status: 400, reads: "type it again", shown: "call" },
  "node.not_reached": { status: 409, reads: "The node has not been reached yet", shown: "call" },
  "node.other_identity": { status: 409, reads: "The node shows another identity", shown: "call" },
  "node.has_containers": { status: 409, reads: "Delete them first.", shown: "call" },
  "node.has_runs": {
    status: 409,
    reads: "A run on it is not finished.",
    shown: "packages/api/src/nodes/nodes.integration.test.ts",
  },
  "node.probe_not_started": {
    status: 503,
    reads: "What you entered is kept, but the engine that checks nodes does not answer.",
    shown: "packages/api/src/refusals.integration.test.ts",
  },
  "node.not_tested": { status: 409, reads: "Only a node that was tested is saved", shown: "call" },
  "node.saved_already": { status: 409, reads: "This node is saved already.", shown: "call" },
  "node.too_many": {
    status: 409,
    reads: "nodes already, which is the most",
    shown: "packages/api/src/nodes/nodes.integration.test.ts",
  },
  "node.too_many_drafts": {
    status: 409,
    reads: "are not saved yet, which is the most at once",
    shown: "packages/api/src/nodes/drafts/drafts.integration.test.ts",
  },
  "node.checks_running": {
    status: 429,
    reads: "of your nodes are being checked",
    shown: "packages/api/src/nodes/nodes.integration.test.ts",
  },

  "create.node_state": { status: 409, reads: "The node's identity has not been confirmed yet.", shown: "call" },
  "template.unreadable": {
    status: 409,
    reads: "was stored by another version of Homeport",
    shown: "packages/api/src/rules.integration.test.ts",
  },
  "create.node_unknown": { status: 409, reads: "What the node offers is not known yet.", shown: "call" },
  "create.not_offered": { status: 400, reads: "storage", shown: "call" },
  "create.taken": { status: 409, reads: "taken", shown: "call" },
  "create.template_retired": { status: 409, reads: "This template is no longer offered.", shown: "call" },
  "create.script_needed": { status: 400, reads: "cannot be left out.", shown: "call" },
  "share.outside": { status: 409, reads: "this project may", shown: QUOTAS },
  "quota.exceeded": { status: 409, reads: "at most", shown: QUOTAS },
  "approval.needless": { status: 409, reads: "There is room for it by now", shown: APPROVALS },
  "approval.too_many": { status: 409, reads: "of your requests are open", shown: APPROVALS },
  "approval.asked": { status: 409, reads: "You have asked for", shown: APPROVALS },
  "approval.ended": { status: 409, reads: "This request", shown: APPROVALS },
  "approval.void": { status: 409, reads: "cannot create there any more", shown: APPROVALS },
  "plan.unknown": { status: 409, reads: "This plan is not known any more.", shown: "call" },
  "plan.changed": {
    status: 409,
    reads: "The node has changed since your review.",
    shown: "packages/api/src/containers/plan.integration.test.ts",
  },
  "plan.obstacle": { status: 409, reads: "free", shown: "packages/api/src/containers/plan.integration.test.ts" },
  "plan.engine_away": {
    status: 503,
    reads: "there is no plan now",
    shown: "temporal/src/engine-refusals.integration.test.ts",
  },
  "batch.items": { status: 409, reads: "cannot be made.", shown: "call" },
  "batch.again": { status: 409, reads: "The node", shown: "packages/api/src/refusals.integration.test.ts" },

  "lease.moment": { status: 400, reads: "at least a minute ahead", shown: LEASES },
  "lease.none": { status: 409, reads: "This container is not lent", shown: LEASES },
  "lease.gone": { status: 409, reads: "This container is deleted", shown: LEASES },
  "lease.destroying": { status: 409, reads: "The run that destroys this container has begun", shown: LEASES },
  "operate.state": { status: 409, reads: "Only a stopped container can be started.", shown: "call" },
  "credentials.none": { status: 404, reads: "No credentials are known for this service.", shown: "call" },
  "run.state": { status: 409, reads: "This run does not wait for a decision.", shown: "call" },
  "run.decided": { status: 409, reads: "decided already", shown: "packages/api/src/runs/steering.integration.test.ts" },
  "run.edit": { status: 400, reads: "nothing to edit", shown: "packages/domain/src/run/step-edit.test.ts" },
  "run.nothing_to_edit": { status: 409, reads: "There is nothing to edit about this step", shown: "call" },
  "run.not_repeatable": { status: 409, reads: "Only the creation of a container can be run again.", shown: "call" },
  "run.refused": {
    status: 409,
    reads: "The run has gone on since.",
    shown: "packages/api/src/runs/steering.integration.test.ts",
  },
  "run.ended": { status: 409, reads: "This run has ended.", shown: "temporal/src/outbox.integration.test.ts" },
  "run.begun_anew": {
    status: 503,
    reads: "is about to begin this run anew",
    shown: "temporal/src/engine-refusals.integration.test.ts",
  },

  "orphan.unmarked": {
    status: 409,
    reads: "does not name a container",
    shown: "packages/api/src/refusals.integration.test.ts",
  },
  "orphan.alive": { status: 409, reads: "still exists", shown: "packages/api/src/refusals.integration.test.ts" },
  "orphan.unreadable": {
    status: 409,
    reads: "Its config holds what Homeport cannot read back.",
    shown: "packages/api/src/refusals.integration.test.ts",
  },
  "orphan.vmid_taken": {
    status: 409,
    reads: "has this VMID on the node",
    shown: "packages/api/src/refusals.integration.test.ts",
  },
  "orphan.state": { status: 409, reads: "It is not ignored.", shown: "call" },
  "orphan.engine_away": { status: 503, reads: "The engine", shown: "packages/api/src/refusals.integration.test.ts" },
} as const satisfies Record<Refusal, Row>;
