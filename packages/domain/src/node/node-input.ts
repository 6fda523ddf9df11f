// How to reach a Proxmox node: what a person types when adding or changing one.
import "../text/input-messages";
import { z } from "zod";
import { NODE_PORT, NodeHost, takeApart, whyNotBoth } from "./node-place";
import { PrivateKey } from "./private-key";
import { VisibleName } from "../account/visible-name";
import { uuid } from "../text/uuid";
import { refineRange, VmidRange } from "./vmid-range";

const Port = z.int().min(1, "A port from 1 to 65535.").max(65_535, "A port from 1 to 65535.");
/** pve-access-control: user@realm!token, no spaces or colons in the user. */
const TokenId = z
  .string()
  .trim()
  .regex(
    /^[^\s:/!]+@[A-Za-z][A-Za-z0-9.\-_]+![A-Za-z][A-Za-z0-9.\-_]+$/,
    "Of the form user@realm!name, such as root@pam!homeport.",
  );
/** Proxmox makes token secrets: lower-case UUIDs, shown once. */
const TokenSecret = z
  .string()
  .trim()
  .regex(
    /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
    "The secret is a lower-case UUID; Proxmox shows it once, when the token is made.",
  );

const NodeName = VisibleName(60);

const place = {
  name: NodeName,
  /** Any form that people paste; what is kept is the host alone. */
  host: NodeHost,
  port: Port.default(NODE_PORT),
  tokenId: TokenId,
  sshUser: z
    .string()
    .trim()
    .regex(/^([a-z_][a-z0-9_-]{0,31})?$/, "A user name of the node, such as root.")
    .default(""),
  sshPort: Port.default(22),
};

/** Of one person: each node is polled for ever, and each check holds a worker for up to minutes. */
export const MOST_NODES = 100;
export const MOST_CHECKS_AT_ONCE = 10;
/** Nodes and changes that are not saved yet: each keeps secrets, for its test only. */
export const MOST_DRAFTS = 10;

/** What a node gets at once when nobody says otherwise; the same defaults are in the schema. */
export const NodeLimits = { createsAtOnce: 2, tasksAtOnce: 4, most: 64 } as const;
const AtOnce = z.int("A whole number.").min(1, "At least one.").max(NodeLimits.most, `At most ${NodeLimits.most}.`);

export const CreateNodeInput = z
  .strictObject({
    ...place,
    vmidFrom: VmidRange.vmidFrom.default(null),
    vmidTo: VmidRange.vmidTo.default(null),
    createsAtOnce: AtOnce.default(NodeLimits.createsAtOnce),
    tasksAtOnce: AtOnce.default(NodeLimits.tasksAtOnce),
    tokenSecret: TokenSecret,
    sshPassword: z.string().max(1_000).default(""),
    sshPrivateKey: PrivateKey.default(""),
  })
  .overwrite(takeApart)
  .superRefine(refinePlace)
  .superRefine(refineRange)
  .superRefine((node, context) => {
    if (node.sshUser === "" && (node.sshPassword !== "" || node.sshPrivateKey !== "")) {
      context.addIssue({ code: "custom", path: ["sshUser"], message: "A password or key needs a user." });
    }
    if (node.sshUser !== "" && node.sshPassword === "" && node.sshPrivateKey === "") {
      context.addIssue({ code: "custom", path: ["sshPassword"], message: "SSH needs a password or a private key." });
    }
  });
export type CreateNodeInput = z.input<typeof CreateNodeInput>;

/** A secret, a range or a limit that is left out stays as it is; an empty secret is removed (not the token's). */
export const UpdateNodeInput = z
  .strictObject({
    id: uuid(),
    ...place,
    vmidFrom: VmidRange.vmidFrom.optional(),
    vmidTo: VmidRange.vmidTo.optional(),
    createsAtOnce: AtOnce.optional(),
    tasksAtOnce: AtOnce.optional(),
    tokenSecret: TokenSecret.optional(),
    sshPassword: z.string().max(1_000).optional(),
    sshPrivateKey: PrivateKey.optional(),
  })
  .overwrite(takeApart)
  .superRefine(refinePlace)
  .superRefine(refineRange);
export type UpdateNodeInput = z.input<typeof UpdateNodeInput>;

function refinePlace(node: { host: string; port: number }, context: z.RefinementCtx): void {
  const why = whyNotBoth(node);
  if (why !== undefined) context.addIssue({ code: "custom", path: ["port"], message: why });
}
