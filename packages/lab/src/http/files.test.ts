// Uploads, downloads by URL and single volumes of a storage.

import { createHash } from "node:crypto";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestLab, raw, type TestLab } from "../test-lab";

let node: TestLab;
let web: http.Server;
let source: string;
const bytes = Buffer.from("not a template, but bytes\r\n--x\r\n");
beforeAll(async () => {
  node = await openTestLab();
  await node.create(100, { mp0: "local-lvm:1,mp=/data" });
  web = http.createServer((request, response) => {
    if (request.url === "/image.tar.zst") response.end(bytes);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => web.listen(0, "127.0.0.1", resolve));
  source = `http://127.0.0.1:${(web.address() as AddressInfo).port}`; // listens on TCP
});
afterAll(async () => {
  web.close();
  await node.close();
});

const local = "/api2/json/nodes/pve/storage/local";
async function ask(method: string, path: string, params: Record<string, string> = {}) {
  const text = new URLSearchParams(params).toString();
  const { status, reason, body } = await raw(node.lab, { method, path, ...(text === "" ? {} : { body: text }) });
  return status === 200 ? (JSON.parse(body) as { data: unknown }).data : `${status} ${reason} ${body}`;
}
const ended = async (upid: unknown) => (await node.ended(String(upid))).exitstatus;
const volids = async () => (await node.proxmox.storageContent("pve", "local")).map((row) => row.volid);

async function upload(name: string, fields: Record<string, string>) {
  const form = new FormData();
  for (const [key, value] of Object.entries(fields)) form.append(key, value);
  form.append("filename", new Blob([bytes]), name);
  const encoded = new Response(form);
  const body = Buffer.from(await encoded.arrayBuffer());
  const {
    status,
    reason,
    body: text,
  } = await raw(node.lab, {
    method: "POST",
    path: `${local}/upload`,
    headers: { "Content-Type": encoded.headers.get("content-type") ?? "", "Content-Length": String(body.length) },
    body: body.toString("latin1"),
  });
  return status === 200 ? (JSON.parse(text) as { data: unknown }).data : `${status} ${reason} ${text}`;
}

test("an upload is there by its plain name, byte for byte, and can be removed", async () => {
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  expect(
    await ended(
      await upload("C:\\my image.tar.zst", { content: "vztmpl", checksum: sha256, "checksum-algorithm": "sha256" }),
    ),
  ).toBe("OK");
  expect(await volids()).toContain("local:vztmpl/my_image.tar.zst");
  const one = `${local}/content/local:vztmpl/my_image.tar.zst`;
  expect(await ask("GET", one)).toEqual({
    path: "/var/lib/vz/template/cache/my_image.tar.zst",
    size: bytes.length,
    used: bytes.length,
    format: "tzst",
  });
  expect(await ended(await ask("DELETE", `${local}/content/local%3Avztmpl%2Fmy_image.tar.zst`))).toBe("OK");
  expect(await volids()).not.toContain("local:vztmpl/my_image.tar.zst");
  expect(await ask("GET", one)).toMatch(/^500 volume_size_info on /);
  expect(await ended(await ask("DELETE", one))).toBe("OK");
});

test("an upload with a wrong checksum, ending or kind is refused", async () => {
  expect(
    await ended(await upload("a.tar.zst", { content: "vztmpl", checksum: "00", "checksum-algorithm": "sha256" })),
  ).toMatch(/^checksum mismatch: got '[0-9a-f]{64}' != expect '00'$/);
  expect(await upload("a.txt", { content: "vztmpl" })).toMatch(/^400 .*"filename":"wrong file extension"/);
  expect(await upload("a.tar.zst", { content: "images" })).toMatch(/^400 .*does not have a value in the enumeration/);
});

test("a download by URL counts and checks real bytes, and makes a guest", async () => {
  const params = { content: "vztmpl", filename: "debian-12-mine_1_amd64.tar.zst", url: `${source}/image.tar.zst` };
  expect(await ended(await ask("POST", `${local}/download-url`, params))).toBe("OK");
  expect((await node.proxmox.storageContent("pve", "local")).find((row) => row.volid.includes("mine"))).toMatchObject({
    size: bytes.length,
    format: "tzst",
  });
  expect(await ended(await ask("POST", `${local}/download-url`, params))).toBe(
    "refusing to override existing file '/var/lib/vz/template/cache/debian-12-mine_1_amd64.tar.zst'",
  );
  expect((await node.create(101, { ostemplate: "local:vztmpl/debian-12-mine_1_amd64.tar.zst" })).exitstatus).toBe("OK");
  await node.restart();
  expect(await volids()).toContain("local:vztmpl/debian-12-mine_1_amd64.tar.zst");
});

test.each([
  [{ url: "/nothere" }, "download failed: exit code 8"],
  [{ checksum: "00", "checksum-algorithm": "md5" }, /^checksum mismatch/],
])("a download that fails says why: %j", async (more: Record<string, string>, text) => {
  const upid = await ask("POST", `${local}/download-url`, {
    content: "vztmpl",
    filename: "other.tar.zst",
    ...more,
    url: `${source}${more["url"] ?? "/image.tar.zst"}`,
  });
  expect(await ended(upid)).toMatch(text);
  expect(await volids()).not.toContain("local:vztmpl/other.tar.zst");
});

test("a mounted volume stays, an unused one goes", async () => {
  const volume = "/api2/json/nodes/pve/storage/local-lvm/content/vm-100-disk-1";
  expect(await ask("GET", volume)).toEqual({
    path: "/dev/pve/vm-100-disk-1",
    size: 1024 ** 3,
    used: 1024 ** 3,
    format: "raw",
  });
  expect(await ended(await ask("DELETE", volume))).toMatch(/in use/);
  await node.proxmox.setLxcConfig("pve", 100, { delete: "mp0" });
  expect(await ask("DELETE", `${volume}?delay=5`)).toBeNull();
  expect(await node.proxmox.lxcConfig("pve", 100)).not.toHaveProperty("unused0");
});
