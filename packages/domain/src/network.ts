// Addresses of a container: what a person types, and whether it fits together.
import { z } from "zod";

/** The address as a number, or undefined when `text` is not an IPv4 address in its usual form. */
export function ipv4Number(text: string): number | undefined {
  const parts = text.split(".");
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255)) return undefined;
  return parts.reduce((sum, part) => sum * 256 + Number(part), 0);
}

export const Ipv4 = z.string().trim().refine((text) => ipv4Number(text) !== undefined, "An IPv4 address, such as 192.168.1.20.");

export const Ipv4Cidr = z
  .string()
  .trim()
  .refine((text) => {
    const [address = "", prefix = "", ...rest] = text.split("/");
    return rest.length === 0 && ipv4Number(address) !== undefined && /^\d{1,2}$/.test(prefix) && Number(prefix) >= 1 && Number(prefix) <= 32;
  }, "An IPv4 address with its prefix, such as 192.168.1.20/24.");

/** Whether `address` lies in the network of `cidr`; a gateway outside it could not be reached. */
export function inNetwork(address: string, cidr: string): boolean {
  const [base = "", prefix = "32"] = cidr.split("/");
  const size = 2 ** (32 - Number(prefix));
  const [a, b] = [ipv4Number(address), ipv4Number(base)];
  return a !== undefined && b !== undefined && Math.floor(a / size) === Math.floor(b / size);
}

export const Network = z
  .discriminatedUnion("mode", [
    z.strictObject({ mode: z.literal("dhcp") }),
    z.strictObject({ mode: z.literal("static"), address: Ipv4Cidr, gateway: Ipv4.or(z.literal("")).default("") }),
  ])
  .superRefine((network, context) => {
    if (network.mode === "static" && network.gateway !== "" && !inNetwork(network.gateway, network.address)) {
      context.addIssue({ code: "custom", path: ["gateway"], message: `The gateway is not in the network of ${network.address}.` });
    }
  });
export type Network = z.infer<typeof Network>;
