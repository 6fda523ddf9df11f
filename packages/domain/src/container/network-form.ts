// A container's addresses as a form holds them: each mode and each address an input of its own.
import { z } from "zod";
import type { Network } from "./network";

export const NetworkForm = z.object({
  networkMode: z.enum(["dhcp", "static", "none"]),
  address: z.string(),
  gateway: z.string(),
  ipv6Mode: z.enum(["none", "auto", "dhcp", "static"]),
  ipv6Address: z.string(),
  ipv6Gateway: z.string(),
});
export type NetworkForm = z.infer<typeof NetworkForm>;

/** `title`: in lists and comparisons, where that differs from the input's label. */
export const networkInputs: Record<keyof NetworkForm, { label: string; title?: string }> = {
  networkMode: { label: "Address", title: "Address by" },
  address: { label: "Address" },
  gateway: { label: "Gateway" },
  ipv6Mode: { label: "IPv6", title: "IPv6 by" },
  ipv6Address: { label: "IPv6 address" },
  ipv6Gateway: { label: "IPv6 gateway" },
};

export function networkToForm({ ipv6, ...network }: Network): NetworkForm {
  const four = network.mode === "static" ? network : { address: "", gateway: "" };
  const six = ipv6?.mode === "static" ? ipv6 : { address: "", gateway: "" };
  return {
    networkMode: network.mode,
    address: four.address,
    gateway: four.gateway,
    ipv6Mode: ipv6?.mode ?? "none",
    ipv6Address: six.address,
    ipv6Gateway: six.gateway,
  };
}

/** Not checked yet: an address can be any text. */
export function networkFromForm(form: NetworkForm): Network {
  const { networkMode, address, gateway, ipv6Mode, ipv6Address, ipv6Gateway } = form;
  return {
    ...(networkMode === "static" ? { mode: networkMode, address, gateway } : { mode: networkMode }),
    ...(ipv6Mode === "none"
      ? {}
      : {
          ipv6:
            ipv6Mode === "static" ? { mode: ipv6Mode, address: ipv6Address, gateway: ipv6Gateway } : { mode: ipv6Mode },
        }),
  };
}

/** The input that a path below "network" belongs to: "address", "ipv6.gateway". */
export function networkInput(path: readonly string[]): keyof NetworkForm {
  const [first, second] = path;
  const six = first === "ipv6";
  switch (six ? second : first) {
    case "gateway":
      return six ? "ipv6Gateway" : "gateway";
    case "address":
    case "addresses":
      return six ? "ipv6Address" : "address";
    default:
      return six ? "ipv6Mode" : "networkMode";
  }
}
