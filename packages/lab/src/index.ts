// A Proxmox VE that is not one, for development and tests.

export { startLab, labTokenId, type Lab, type LabOptions } from "./start-lab";
export { connectLab, type RemoteLab } from "./remote";
export { faultWords, type FaultWord } from "./faults/words";
export type { FaultApi } from "./faults/api";
export type { LabClock } from "./clock";
export type { JournalEntry } from "./journal";
export type { LabUsers } from "./users";
export type { LabVersion } from "./version";
export type { LabHost } from "./host";
