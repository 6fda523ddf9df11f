// Every expected refusal of Homeport by name, with the code that decides its HTTP status (packages/api/src/explain.ts).
// A new one is a line here and a line in packages/api/src/testing/refusals-table.ts (what it reads, and which test shows it): types refuse one without the other.

export const AppErrorCodes = [
  "unauthenticated",
  "forbidden",
  "not_found",
  "conflict",
  "invalid",
  "too_many_requests",
  "unavailable",
] as const;
export type AppErrorCode = (typeof AppErrorCodes)[number];

export const refusals = {
  // Of every request.
  "input.invalid": "invalid",
  "request.origin": "forbidden",
  "request.reused": "conflict",
  "tries.too_many": "too_many_requests",
  "streams.too_many": "too_many_requests",
  "database.away": "unavailable",
  "engine.away": "unavailable",
  "write.conflict": "conflict",
  "write.gone": "not_found",
  "thing.not_found": "not_found",
  "role.forbids": "forbidden",
  "confirm.name": "invalid",

  // Accounts and sessions.
  "session.none": "unauthenticated",
  "session.ended": "unauthenticated",
  "session.other": "unauthenticated",
  "session.stale": "forbidden",
  "sign_in.wrong": "invalid",
  "sign_in.disabled": "forbidden",
  "sign_up.email_taken": "conflict",
  "sign_up.closed": "forbidden",
  "sign_up.by_invitation": "forbidden",
  "password.weak": "invalid",
  "password.current_wrong": "invalid",
  "password.changed_elsewhere": "conflict",
  "demo.used": "forbidden",
  "project.none": "forbidden",
  "project.slug_taken": "conflict",
  "project.too_many": "conflict",
  "invitation.unknown": "not_found",
  "invitation.ended": "conflict",
  "invitation.other_account": "forbidden",
  "invitation.member": "conflict",
  "invitation.open_already": "conflict",
  "invitation.too_many": "conflict",
  "organization.full": "conflict",
  "organization.slug_taken": "conflict",
  "organization.too_many": "conflict",
  "organization.last_owner": "conflict",
  "organization.personal": "conflict",

  // Nodes.
  "node.name_taken": "conflict",
  "node.address": "invalid",
  "node.input": "invalid",
  "node.not_reached": "conflict",
  "node.other_identity": "conflict",
  "node.has_containers": "conflict",
  "node.has_runs": "conflict",
  "node.probe_not_started": "unavailable",
  "node.not_tested": "conflict",
  "node.saved_already": "conflict",
  "node.too_many": "conflict",
  "node.too_many_drafts": "conflict",
  "node.checks_running": "too_many_requests",

  // Creating containers, one or many.
  "create.node_state": "conflict",
  "template.unreadable": "conflict",
  "create.node_unknown": "conflict",
  "create.not_offered": "invalid",
  "create.taken": "conflict",
  "create.template_retired": "conflict",
  "create.script_needed": "invalid",
  "plan.unknown": "conflict",
  "plan.changed": "conflict",
  "plan.obstacle": "conflict",
  "plan.engine_away": "unavailable",
  "batch.items": "conflict",
  "batch.again": "conflict",

  // Containers and runs.
  "operate.state": "conflict",
  "credentials.none": "not_found",
  "run.state": "conflict",
  "run.decided": "conflict",
  "run.edit": "invalid",
  "run.nothing_to_edit": "conflict",
  "run.not_repeatable": "conflict",
  "run.refused": "conflict",
  "run.ended": "conflict",
  "run.begun_anew": "unavailable",

  // Orphans.
  "orphan.unmarked": "conflict",
  "orphan.alive": "conflict",
  "orphan.unreadable": "conflict",
  "orphan.vmid_taken": "conflict",
  "orphan.state": "conflict",
  "orphan.engine_away": "unavailable",
} as const satisfies Record<string, AppErrorCode>;
export type Refusal = keyof typeof refusals;
