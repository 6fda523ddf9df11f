// The fault calls, against one lab.

import { actorOf } from "../access/actor";
import type { Core } from "../core";
import { startGuest } from "../guests/power";
import type { FaultApi } from "./api";
import type { ReplyFault, TaskFault } from "./state";
import { noFaults } from "./state";

export interface NodeEndpoints {
  /** Tokens that `revokeToken` means when it is not told which. */
  tokenId: string;
  cutHttps(): void;
  cutSsh(): void;
  renewCertificate(): Promise<string>;
  renewHostKey(): string;
}

export function createFaultApi(core: Core, endpoints: NodeEndpoints): FaultApi {
  const reply = (fault: Omit<ReplyFault, "times"> & { times?: number }) => {
    core.faults.replies.push({ ...fault, times: fault.times ?? 1 });
    return Promise.resolve();
  };
  const task = (fault: Omit<TaskFault, "times"> & { times?: number }) => {
    core.faults.tasks.push({ ...fault, times: fault.times ?? 1 });
    return Promise.resolve();
  };
  const until = (ms: number) => (ms === 0 ? 0 : core.clock.now() + ms);
  const done = Promise.resolve();

  return {
    loseReply: (match) => reply({ ...match, kind: "lose" }),
    dropRequest: (match) => reply({ ...match, kind: "drop" }),
    delayReply: (match) => reply({ ...match, kind: "delay" }),
    answerWith: (match) => reply({ ...match, kind: "answer" }),
    delayTask: (what) => task(what),
    endDelays() {
      for (const fault of core.faults.tasks) delete fault.delayMs;
      for (const delay of core.faults.delays) delay.abort();
      return done;
    },
    failTask: (what) => task(what),
    dieTask: (what) => task({ ...what, die: true }),
    killTasks(what = {}) {
      for (const running of core.tasks.all().filter((candidate) => candidate.endtime === undefined)) {
        if (what.type !== undefined && running.type !== what.type) continue;
        if (what.vmid !== undefined && running.id !== String(what.vmid)) continue;
        core.tasks.kill(running.upid);
      }
      return done;
    },
    cutSsh() {
      endpoints.cutSsh();
      return done;
    },
    refuseSsh({ ms }) {
      core.faults.sshRefusedUntil = until(ms);
      return done;
    },
    unreachable({ ms }) {
      core.faults.unreachableUntil = until(ms);
      if (ms > 0) cutBoth();
      return done;
    },
    changeCertificate: () => endpoints.renewCertificate(),
    changeHostKey: () => Promise.resolve(endpoints.renewHostKey()),
    async createForeignGuest({ vmid, hostname = `foreign-${vmid}`, running = false, tags }) {
      const options = {
        arch: "amd64",
        ostype: "debian",
        hostname,
        memory: "512",
        swap: "512",
        unprivileged: "1",
        features: "nesting=1",
        net0: "name=eth0,bridge=vmbr0,hwaddr=BC:24:11:0F:0F:0F,ip=dhcp,type=veth",
        rootfs: `local-lvm:vm-${vmid}-disk-0,size=4G`,
        ...(tags === undefined ? {} : { tags }),
      };
      const spec = {
        vmid,
        hostname,
        template: (await core.storages.templates())[0]?.file ?? "",
        cores: core.facts.cpus,
        memoryMib: 512,
        swapMib: 512,
        diskGib: 4,
        unprivileged: true,
        nesting: true,
        network: { bridge: "vmbr0", hwaddr: "BC:24:11:0F:0F:0F", ip: "dhcp" },
      };
      await core.host.create(spec, () => undefined, new AbortController().signal);
      core.guests.save({ vmid, options, pending: {}, template: spec.template });
      if (running) await core.host.start(spec);
    },
    async deleteGuest({ vmid }) {
      if ((await core.host.guests()).includes(vmid)) {
        if (await core.host.running(vmid)) await core.host.stop(vmid);
        await core.host.destroy(vmid);
      }
      core.guests.remove(vmid);
    },
    lockGuest({ vmid, lock }) {
      setLock(vmid, lock);
      return done;
    },
    holdFlock({ vmid, ms }) {
      void core.flocks.with(vmid, ms + 60_000, () => core.clock.sleep(ms));
      return done;
    },
    async stopGuest({ vmid }) {
      if (await core.host.running(vmid)) await core.host.stop(vmid);
    },
    async migrateGuest({ vmid, to }) {
      const runs = await core.host.running(vmid);
      if (to === null) core.faults.elsewhere.delete(vmid);
      // As long as it moves it is locked (pve-container, LXC/Migrate.pm): nobody starts it again here.
      setLock(vmid, "migrate");
      if (runs) await core.host.stop(vmid);
      if (to !== null) core.faults.elsewhere.set(vmid, to);
      setLock(vmid, null);
      if (runs) await core.tasks.ended(startGuest(core, actorOf("root@pam"), vmid).upid);
    },
    revokeToken(what = {}) {
      core.access.setTokenRevoked(what.tokenId ?? endpoints.tokenId, true);
      return done;
    },
    restoreToken(what = {}) {
      core.access.setTokenRevoked(what.tokenId ?? endpoints.tokenId, false);
      return done;
    },
    fillStorage({ storage, full }) {
      core.storages.setFull(storage, full);
      return done;
    },
    removeOsTemplate({ file }) {
      core.osTemplates.remove(file);
      return done;
    },
    forgetCatalogue() {
      core.osTemplates.forgetCatalogue();
      return done;
    },
    quorum({ ok }) {
      core.faults.noQuorum = !ok;
      return done;
    },
    shellPrints({ text }) {
      core.faults.shellPrints = text;
      return done;
    },
    costs(what) {
      Object.assign(core.costs, what);
      return done;
    },
    async rebootNode({ downMs = 1_000 } = {}) {
      core.faults.unreachableUntil = core.clock.now() + downMs;
      core.tasks.killAll();
      cutBoth();
      for (const vmid of await core.host.guests()) {
        if (!(await core.host.running(vmid))) continue;
        await core.host.stop(vmid);
      }
      core.facts.reboot(core.clock.now());
      void core.clock.sleep(downMs).then(() => startOnBoot());
    },
    journal: () => Promise.resolve(core.journal.read()),
    requests: () => Promise.resolve(core.requests.read()),
    reset() {
      const { dropped, delays } = core.faults;
      for (const delay of delays) delay.abort();
      Object.assign(core.faults, noFaults(), { dropped });
      for (const storage of core.storages.list()) core.storages.setFull(storage.name, false);
      if (core.access.token(endpoints.tokenId) !== undefined) core.access.setTokenRevoked(endpoints.tokenId, false);
      return done;
    },
  };

  function setLock(vmid: number, lock: string | null): void {
    const record = core.guests.get(vmid);
    const { lock: _, ...options } = record.options;
    core.guests.save({ ...record, options: lock === null ? options : { ...options, lock } });
  }

  function cutBoth(): void {
    endpoints.cutHttps();
    endpoints.cutSsh();
  }

  function startOnBoot(): void {
    for (const record of core.guests.all()) {
      if (record.options["onboot"] === "1") startGuest(core, actorOf("root@pam"), record.vmid);
    }
  }
}
