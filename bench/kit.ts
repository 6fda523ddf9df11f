// What every bench works with: the running product, the person's session, the node behind it.
import { readFileSync } from "node:fs";
import { connectLab, type RemoteLab } from "@homeport/lab";
import { connectProxmox, type Proxmox } from "@homeport/proxmox";
import { connectSsh, pct, type Pct } from "@homeport/ssh";
import { homeAt } from "../scripts/stack/paths";
import type { StackInfo } from "../scripts/stack/stack";
import { openSession, type Product } from "../scripts/test/product";

export interface Kit {
  info: StackInfo;
  /** The product's home. */
  dir: string;
  product: Product;
  cookie: string;
  projectId: string;
  /** Of the dashboard: the project's page. */
  home: string;
  lab: RemoteLab;
  /** The node by its own doors, as the floor uses them. */
  proxmox: Proxmox;
  pct: Pct;
  close(): Promise<void>;
}

export async function openKit(info: StackInfo, dir: string): Promise<Kit> {
  const { node } = info.lab;
  if (!info.demo || !node) throw new Error("the bench needs the lab and its demo person");
  const session = await openSession(info.url, info.demo);
  const { landing } = await session.product.projects.list.query();
  const proxmox = connectProxmox({
    host: node.host,
    port: node.port,
    tokenId: node.tokenId,
    tokenSecret: readFileSync(node.tokenSecretFile, "utf8").trim(),
    fingerprint: node.fingerprint,
  });
  const ssh = await connectSsh({
    host: node.host,
    port: node.sshPort,
    user: node.sshUser,
    password: readFileSync(node.sshPasswordFile, "utf8").trim(),
    hostKey: node.hostKey,
  });
  return {
    info,
    dir,
    product: session.product,
    cookie: session.cookie,
    projectId: landing.id,
    home: `/p/${landing.slug}`,
    lab: connectLab({ stateDir: homeAt(dir).lab, port: node.port }),
    proxmox,
    pct: pct(ssh),
    async close() {
      ssh.close();
      await proxmox.close();
    },
  };
}
