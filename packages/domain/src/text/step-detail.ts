// A few words beside a step, in English. No library in it: the workflow makes its table of them, too.
import type { StepDetail } from "../run/step-detail";
import { type Catalogue, textFrom } from "./catalogue";
import { waitingText } from "./waiting";

const english: Catalogue<StepDetail, "is"> = {
  waiting: ({ for: waiting }) => waitingText(waiting),
  queued: () => "waiting for a slot",
  as_planned: () => "as planned",
  planned_now: () => "planned now",
  reserved: ({ vmid }) => `VMID ${vmid}`,
  created: ({ vmid, taken }) => `CT ${vmid}${taken.length === 0 ? "" : `, as VMID ${taken.join(", ")} was taken`}`,
  image_there: ({ storage }) => `already on ${storage}`,
  downloading: ({ percent, totalBytes }) => {
    const size = totalBytes === null ? "" : ` of ${Math.round(totalBytes / 1024 ** 2)} MiB`;
    return percent === null ? "downloading" : `${percent} %${size}`;
  },
  downloaded: ({ storage }) => `downloaded to ${storage}`,
  address: ({ address }) => address,
  nothing_to_install: () => "nothing to install",
  not_discovered: () => "not looked inside: the node has no SSH access",
  services: ({ list, without, most, mostBytes }) => {
    if (list === "") return "no services";
    if (without === 0) return list;
    return `${list}; the credentials of ${without} of them were left out: at most ${most}, of ${mostBytes / 1024} KiB, are kept of a container`;
  },
  stopped_hard: () => "stopped, as it did not shut down in time",
  gone: () => "it is gone already",
  gone_before: () => "it was gone already",
  destroyed_anyway: () => "cancelled too late: it was destroyed",
  skipped: ({ by }) => `skipped${by === null ? "" : ` by ${by}`}`,
  cancelled: ({ by }) => (by === null ? "stopped: the run was cancelled" : `cancelled by ${by}`),
  not_ended: () => "it did not come to its end",
  text: ({ text }) => (text === "" ? "Another version of Homeport knows how it went." : text),
};

/** Of an unknown code too, as a workflow may read one in its history: it must not fail at it. */
export function stepDetailText(detail: StepDetail): string {
  return Object.hasOwn(english, detail.is) ? textFrom(english, "is", detail) : english.text({ is: "text", text: "" });
}
