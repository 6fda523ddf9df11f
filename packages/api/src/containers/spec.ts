// A stored spec, read back as it was parsed when it was stored.
import type { ContainerSpec as Spec } from "@homeport/domain/container/container-input";
import { StoredSpec } from "@homeport/domain/stored/spec";

export const ContainerSpec = StoredSpec;
export type ContainerSpec = Spec;
