// What is on the lab's node, asked of its own API as Proxmox would answer it.
import https from "node:https";
import { labNode, labSecrets } from "./stack";

export interface LabGuest {
  vmid: number;
  name: string;
}

export async function labGuests(): Promise<LabGuest[]> {
  const { host, port, tokenId } = labNode();
  const answer = await new Promise<string>((resolve, reject) => {
    const headers = { Authorization: `PVEAPIToken=${tokenId}=${labSecrets().tokenSecret}` };
    // The lab's certificate is its own, and this is its own machine.
    https
      .get(
        { host, port, path: "/api2/json/nodes/pve/lxc", headers, rejectUnauthorized: false, agent: false },
        (response) => {
          let text = "";
          response
            .setEncoding("utf8")
            .on("data", (piece: string) => {
              text += piece;
            })
            .on("end", () => {
              resolve(text);
            });
        },
      )
      .on("error", reject);
  });
  const { data } = JSON.parse(answer) as { data: { vmid: number | string; name: string }[] }; // the lab's own answer
  return data.map(({ vmid, name }) => ({ vmid: Number(vmid), name }));
}
