// No stored sentences: what a person reads is stored as a code with its data, and its text is made where it is shown (docs/decisions/0014-codes-not-sentences.md). Every
// column that can hold text is in exactly one of these lists, so that a new one is decided about before anything is written into it.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import type { z } from "zod";
import { NodeReason } from "@homeport/domain/node/node-reason";
import { StepDetail } from "@homeport/domain/run/step-detail";
import { WaitingFor } from "@homeport/domain/run/waiting";

const SCHEMA = path.join(import.meta.dirname, "../../prisma/schema");
const MIGRATIONS = path.join(import.meta.dirname, "../../prisma/migrations");

/** A code with its data as JSON, and the key that names it: a check of the table refuses a bare text. */
const jsonCodes: Record<string, { schema: z.ZodType; key: string }> = {
  "ProxmoxNode.stateReason": { schema: NodeReason, key: "why" },
  "Run.waitingFor": { schema: WaitingFor, key: "on" },
  "RunAttempt.detail": { schema: StepDetail, key: "is" },
  "RunStep.detail": { schema: StepDetail, key: "is" },
};

/** A code as text: one word, by a check of the table. */
const wordCodes = ["ContainerEvent.type", "Orphan.resolution"];

/** Never shown as they are, or shown as the names, numbers and keys that they are: of Homeport, of Proxmox, of the template's author. */
const names = [
  ...["AuditLog.action", "AuditLog.targetType", "AuditLog.targetId", "AuditLog.ip", "AuditLog.userAgent"],
  ...["AuditLog.previousHash", "AuditLog.hash", "AuditCheck.headHash", "Container.markSignature"],
  ...[
    "AuditCheck.brokenWhat",
    "AuditHead.entryHash",
    "AuditHead.previousSignature",
    "AuditHead.key",
    "AuditHead.signature",
    "AuditBeginning.key",
    "AuditBeginning.signature",
  ],
  ...["ContainerService.name", "ContainerService.kind", "ContainerService.path", "ContainerService.status"],
  ...["GuestObservation.kind", "GuestObservation.name", "GuestObservation.status", "GuestObservation.lock"],
  ...["GuestObservation.tags", "IdempotencyKey.key", "IdempotencyKey.action", "IdempotencyKey.contentHash"],
  ...[
    "Invitation.tokenHash",
    "EmailVerificationToken.tokenHash",
    "Mail.linkHash",
    "PasswordResetToken.tokenHash",
    "ApiToken.tokenHash",
    "RecoveryCode.codeHash",
    "ApiToken.prefix",
    "ApiToken.permissions",
    "ApiToken.lastUsedIp",
    // As the mail server answered.
    "Mail.response",
    "Orphan.subject",
    "Plan.hash",
    "Project.slug",
    "Organization.slug",
    "ProxmoxNode.pveName",
  ],
  ...["Approval.beyond", "Approval.given"],
  ...["Passkey.credentialId", "Passkey.transports", "Passkey.rpId"],
  ...["PasskeyChallenge.hash", "PasskeyChallenge.sessionId"],
  ...["ProjectNode.storages", "ProjectNode.bridges", "ProjectNode.templates"],
  ...["ProxmoxNode.pveVersion", "ProxmoxNode.tlsFingerprint", "ProxmoxNode.sshHostKey", "ProxmoxNode.draftFields"],
  ...["ProxmoxNode.seenTlsFingerprint", "ProxmoxNode.seenSshHostKey", "RateLimit.key", "Run.workflowId"],
  ...["Run.requestKey", "Run.planHash", "RunDecision.requestKey", "RunDecision.decision", "RunDecision.step"],
  ...["RunLog.stream", "RunStep.name", "RunStep.upid", "Session.id", "Session.ip", "Session.userAgent"],
  ...[
    "Template.name",
    "TemplateRevision.hash",
    "SlotRequest.pool",
    "SlotRequest.step",
    "WorkerBeat.part",
    "Batch.requestKey",
  ],
];

/** Typed by a person, or made of nothing but what they typed. */
const typed = [
  ...["AuditLog.actorEmail", "AuditLog.targetName", "Batch.title", "Container.hostname", "Container.address"],
  ...["Approval.reason", "Approval.answer"],
  ...["Invitation.email", "EmailVerificationToken.email", "Mail.to"],
  ...["Organization.name", "Project.name", "ProxmoxNode.name", "ProxmoxNode.host", "ProxmoxNode.tokenId"],
  ...["ProxmoxNode.sshUser", "ApiToken.name", "Passkey.name", "User.email", "User.name"],
];

const sealed = [
  ...["ContainerService.credentials", "ProxmoxNode.tokenSecret", "ProxmoxNode.sshPassword"],
  ...["Mail.content", "SecondFactor.secret", "ProxmoxNode.sshPrivateKey", "User.passwordHash"],
];

/** Documents of names and numbers, each with its reader (stored-documents.test). */
const documents = [
  ...[
    "Approval.input",
    "AuditLog.details",
    "Batch.input",
    "Container.spec",
    "ContainerEvent.metadata",
    "IdempotencyKey.outcome",
  ],
  ...["Orphan.facts", "Plan.input", "ProxmoxNode.inventory", "ProxmoxNode.seenCertificate", "Run.input"],
  ...["RunAttempt.edit", "RunDecision.edit", "RunStep.journal", "TemplateRevision.definition"],
];

/** English that is still stored, each with why. This list gets shorter, never longer. */
const sentences: Record<string, string> = {
  "Container.markHolder": "who a foreign guest is: its hostname, in words",
  "Plan.document": "obstacles and warnings of a plan; made anew with each plan, and cleaned away",
  "ProxmoxNode.report": "a report's lines; made anew with each check",
  "Run.error": "why it failed: what Proxmox or a script said, in a sentence of ours",
  "RunAttempt.error": "as Run.error",
  "RunDecision.refusal": "it travels through the histories of workflows as the message of an update's failure",
  "RunLog.text": "output, as it came; the stream homeport is a log of ours",
  "RunStep.error": "as Run.error",
  "RunStep.title": "of a template's scripts it is the author's; of other steps it follows from the name",
  "Template.problem": "the file and line of a template that cannot be read",
};

const lists = [Object.keys(jsonCodes), wordCodes, names, typed, sealed, documents, Object.keys(sentences)];

test("every column that can hold text is decided about, in one list", () => {
  const columns = readdirSync(SCHEMA).flatMap((file) => textColumns(readFileSync(path.join(SCHEMA, file), "utf8")));

  expect(columns.length).toBeGreaterThan(90);
  expect(lists.flat().sort()).toEqual(columns.sort());
});

test("a new column of text or JSON is seen, one of an id or a number is not", () => {
  const model = [
    "model Thing {",
    "  id     String  @id @db.Uuid",
    "  why    String?",
    "",
    "  /// Said when.",
    '  facts  Json    @default("{}")',
    "  tags   String[]",
    "  count  Int",
    "  other  Other   @relation(fields: [why], references: [id])",
    "}",
  ];
  expect(textColumns(model.join("\n"))).toEqual(["Thing.why", "Thing.facts", "Thing.tags"]);
});

test.each(Object.entries(jsonCodes))("%s holds no bare sentence", (column, { schema, key }) => {
  expect(schema.safeParse("The node cannot be reached.").success).toBe(false);
  expect(schema.safeParse({ [key]: "The node cannot be reached." }).success).toBe(false);
  expect(isChecked(column, `"[^"]+" \\? '${key}'`)).toBe(true);
});

test.each(wordCodes)("%s is one word", (column) => {
  expect(isChecked(column, "~ '\\^\\[a-z_\\]\\+")).toBe(true);
});

/** `ALTER TABLE "Table" ADD CONSTRAINT … CHECK (… "column" … rule …)`. That each is in force, constraints.integration.test shows. */
function isChecked(column: string, rule: string): boolean {
  const [table = "", name = ""] = column.split(".");
  const check = new RegExp(`ALTER TABLE "${table}" ADD CONSTRAINT [\\s\\S]*CHECK[\\s\\S]*"${name}"[\\s\\S]*${rule}`);
  return readdirSync(MIGRATIONS, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name: folder }) => readFileSync(path.join(MIGRATIONS, folder, "migration.sql"), "utf8").split(";"))
    .some((statement) => check.test(statement));
}

function textColumns(schema: string): string[] {
  return [...schema.matchAll(/^model (\w+) \{\n([\s\S]*?)^\}/gm)].flatMap(([, model = "", body = ""]) =>
    body.split("\n").flatMap((line) => {
      const column = /^ +(\w+) +(?:String|Json)(?:\?|\[\])?(?: |$)/.exec(line)?.[1];
      return column === undefined || line.includes("@db.Uuid") ? [] : [`${model}.${column}`];
    }),
  );
}
