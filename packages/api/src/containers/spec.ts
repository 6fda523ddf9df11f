// A stored spec, read back as it was parsed when it was stored.
import { StoredSpec, type ContainerSpec as Spec } from "@homeport/domain/container-input";

export const ContainerSpec = StoredSpec;
export type ContainerSpec = Spec;
