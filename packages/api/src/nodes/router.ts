// Procedures on Proxmox nodes: each is one person's own, and usable by others where it is shared.
import { CreateNodeInput, UpdateNodeInput } from "@homeport/domain/node/node-input";
import { ShareLimits } from "@homeport/domain/node/share-limits";
import { Vmid } from "@homeport/domain/container/vmid";
import { z } from "zod";
import { allowed, router } from "../trpc";
import { confirmNode } from "./confirm";
import { createNode } from "./create";
import { destroyNode } from "./destroy";
import { listDrafts } from "./drafts/drafts";
import { getNode } from "./get";
import { getInventory } from "./inventory";
import { listNodes } from "./list";
import { nextVmid } from "./next-vmid";
import { probeNode } from "./probe";
import { saveNode } from "./save";
import { setDefaultNode } from "./set-default";
import { listHeld } from "./use/held";
import { limitShare, listShares, shareNode, unshareNode } from "./use/share";
import { updateNode } from "./update";
import { listUsableNodes } from "./use/usable";
import { checkVmid } from "./vmid";
import { watchNodes } from "./watch";
import { uuid } from "@homeport/domain/text/uuid";

const ById = z.strictObject({ id: uuid() });
/** In which project it is to be used: what is offered stays within the limits of its share there. Without one, all of a node of one's own. */
const Within = { projectId: uuid().optional() };
const Share = z.strictObject({ id: uuid(), projectId: uuid() });

export const nodesRouter = router({
  list: allowed("node:read").query(({ ctx }) => listNodes(ctx)),
  drafts: allowed("node:read").query(({ ctx }) => listDrafts(ctx)),
  get: allowed("node:read")
    .input(ById)
    .query(({ ctx, input }) => getNode(ctx, input.id)),
  create: allowed("node:write", { recent: true })
    .input(CreateNodeInput)
    .mutation(({ ctx, input }) => createNode(ctx, input)),
  update: allowed("node:write", { recent: true })
    .input(UpdateNodeInput)
    .mutation(({ ctx, input }) => updateNode(ctx, input)),
  save: allowed("node:write", { recent: true })
    .input(ById)
    .mutation(({ ctx, input }) => saveNode(ctx, input.id)),
  destroy: allowed("node:write", { recent: true })
    .input(ById)
    .mutation(({ ctx, input }) => destroyNode(ctx, input.id)),
  setDefault: allowed("node:write")
    .input(ById)
    .mutation(({ ctx, input }) => setDefaultNode(ctx, input.id)),
  probe: allowed("node:write")
    .input(ById)
    .mutation(({ ctx, input }) => probeNode(ctx, input.id)),
  confirm: allowed("node:write")
    .input(
      z.strictObject({
        id: uuid(),
        tlsFingerprint: z.string().min(1).max(200),
        sshHostKey: z.string().min(1).max(200).nullable(),
      }),
    )
    .mutation(({ ctx, input }) => confirmNode(ctx, input)),
  usable: allowed("container:write")
    .input(z.strictObject({ projectId: uuid() }))
    .query(({ ctx, input }) => listUsableNodes(ctx, input.projectId)),
  held: allowed("container:write")
    .input(z.strictObject({ nodeId: uuid(), projectId: uuid() }))
    .query(({ ctx, input }) => listHeld(ctx, input)),
  shares: allowed("node:read")
    .input(ById)
    .query(({ ctx, input }) => listShares(ctx, input.id)),
  share: allowed("node:write", { recent: true })
    .input(Share)
    .mutation(({ ctx, input }) => shareNode(ctx, input)),
  limitShare: allowed("node:write", { recent: true })
    .input(Share.extend({ limits: ShareLimits }))
    .mutation(({ ctx, input }) => limitShare(ctx, input)),
  unshare: allowed("node:write")
    .input(Share)
    .mutation(({ ctx, input }) => unshareNode(ctx, input)),
  inventory: allowed("container:write")
    .input(ById.extend(Within))
    .query(({ ctx, input }) => getInventory(ctx, input)),
  vmid: allowed("container:write")
    .input(z.strictObject({ nodeId: uuid(), vmid: Vmid }))
    .query(({ ctx, input }) => checkVmid(ctx, input)),
  nextVmid: allowed("container:write")
    .input(z.strictObject({ nodeId: uuid(), ...Within }))
    .query(({ ctx, input }) => nextVmid(ctx, input)),
  watch: allowed("node:read").subscription(({ ctx, signal }) => watchNodes(ctx, signal)),
});
