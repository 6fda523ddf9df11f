// What other features use of this one; everything else is its own.
export { LeaseBanner } from "./lease-banner";
export { LeaseCard } from "./lease-card";
export { LeaseMarkText } from "./lease-mark";
export { NewLease } from "./new-lease";
export { ProjectLease } from "./project-lease";
export { leaseNeeds } from "./lease-needs";
