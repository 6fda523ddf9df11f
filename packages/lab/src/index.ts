// A Proxmox VE that is not one, for development and tests.

export { startLab, type Lab, type LabOptions } from "./start-lab";
export { noCosts, realCosts } from "./costs";
export { connectLab, type RemoteLab } from "./remote";
export type { JournalEntry } from "./journal";
