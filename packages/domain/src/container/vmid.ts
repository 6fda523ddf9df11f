// A VMID: what Proxmox accepts, and what its names for guests mean.
import { z } from "zod";

/** Proxmox reserves ids below 100 for itself and takes at most nine digits (pve-common, PVE::JSONSchema `pve-vmid`). */
export const VMID_MIN = 100;
export const VMID_MAX = 999_999_999;

export const Vmid = z
  .int("A VMID is a whole number.")
  .min(VMID_MIN, `Proxmox reserves ids below ${VMID_MIN}.`)
  .max(VMID_MAX, "A VMID has at most nine digits.");
