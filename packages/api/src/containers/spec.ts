// A stored spec, read back as it was parsed when the container was created.
import { CreateContainerInput, type ContainerSpec as Spec } from "@homeport/domain/container-input";

export const ContainerSpec = CreateContainerInput;
export type ContainerSpec = Spec;
