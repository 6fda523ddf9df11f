# A container's life as proxmoxer drives it; prints a JSON line per step. Run by clients.integration.test.ts.

import io
import json
import os

from proxmoxer import ProxmoxAPI, ResourceException
from proxmoxer.tools import Tasks

HOST, NODE = os.environ["LAB_HOST"], "pve"
TEMPLATE = "local:vztmpl/debian-12-standard_12.12-1_amd64.tar.zst"


def step(name, value):
    print(json.dumps({"step": name, "value": value}), flush=True)


def waited(api, upid):
    return Tasks.blocking_status(api, upid, timeout=60, polling_interval=0.05)["exitstatus"]


def life(api, vmid, copy):
    node = api.nodes(NODE)
    guest = node.lxc(vmid)
    step("create", waited(api, node.lxc.post(
        vmid=vmid, hostname="by-proxmoxer", ostemplate=TEMPLATE, rootfs="local-lvm:2", mp0="local-lvm:1,mp=/data", memory=256,
        unprivileged=1, features="nesting=1", net0="name=eth0,bridge=vmbr0,ip=dhcp", description="a; b=c & d\nzwei: ä")))
    step("config", {key: guest.config.get().get(key) for key in ("hostname", "description", "rootfs", "mp0", "memory")})
    guest.config.put(memory=512, tags="b;a", nameserver="1.1.1.1,9.9.9.9", rootfs="local-lvm:vm-%d-disk-0,size=2G" % vmid)
    guest.config.put(delete="description")
    step("changed", {key: guest.config.get().get(key) for key in ("memory", "tags", "nameserver", "description", "rootfs")})
    step("start", waited(api, guest.status.start.post()))
    step("running", guest.status.current.get()["status"])
    step("address", [one["inet"] for one in guest.interfaces.get() if one["name"] == "eth0"])
    step("resize", waited(api, guest.resize.put(disk="rootfs", size="+1G")))
    step("snapshot", waited(api, guest.snapshot.post(snapname="first", description="one")))
    step("snapshots", [one["name"] for one in guest.snapshot.get()])
    step("clone", waited(api, guest.clone.post(newid=copy, snapname="first", hostname="copy", full=1)))
    step("rollback", waited(api, guest.snapshot("first").rollback.post()))
    step("delete snapshot", waited(api, guest.snapshot("first").delete()))
    step("grown", [guest.config.get()["rootfs"], node.lxc(copy).config.get()["hostname"]])
    api.pools.post(poolid="python")
    api.pools("python").put(vms="%d,%d" % (vmid, copy))
    step("pool", sorted(one["vmid"] for one in api.pools("python").get()["members"]))
    for one in (vmid, copy):
        step("destroy", waited(api, node.lxc(one).delete(force=1, purge=1)))
    api.pools("python").delete()
    step("left", [one["vmid"] for one in node.lxc.get()])


def main():
    token_id, secret = os.environ["LAB_TOKEN_ID"], os.environ["LAB_TOKEN_SECRET"]
    user, name = token_id.split("!")
    options = {"port": int(os.environ["LAB_PORT"]), "verify_ssl": False, "timeout": 30}
    by_token = ProxmoxAPI(HOST, user=user, token_name=name, token_value=secret, **options)
    step("version", by_token.version.get()["version"])
    life(by_token, 301, 302)

    by_password = ProxmoxAPI(HOST, user="root@pam", password=os.environ["LAB_PASSWORD"], **options)
    step("signed in", by_password.access.users.get()[0]["userid"])
    life(by_password, 303, 304)

    image = io.BytesIO(b"not a template")
    image.name = "mine_1_amd64.tar.gz"
    step("upload", waited(by_token, by_token.nodes(NODE).storage("local").upload.post(content="vztmpl", filename=image)))
    step("uploaded", [one["size"] for one in by_token.nodes(NODE).storage("local").content.get(content="vztmpl") if "mine" in one["volid"]])
    step("removed", waited(by_token, by_token.nodes(NODE).storage("local").content("local:vztmpl/mine_1_amd64.tar.gz").delete()))
    step("small reads", [by_token.nodes(NODE).qemu.get(), by_token.cluster.ha.resources.get(), len(by_token.storage.get())])
    try:
        by_token.nodes(NODE).lxc(999).config.get()
    except ResourceException as failure:
        step("missing", [failure.status_code, failure.content])


main()
