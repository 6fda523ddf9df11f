// What a run is about, as its row holds it.
import type { RunSubject } from "@homeport/db/types";

/** `id`: of a row of the subject's own table. */
export interface Subject {
  type: RunSubject;
  id: string;
}

/** The container's own column is a foreign key; the subject's pair of columns is not. */
export function subjectColumns({ type, id }: Subject): {
  subjectType: RunSubject;
  subjectId: string;
  containerId: string | null;
} {
  return { subjectType: type, subjectId: id, containerId: type === "container" ? id : null };
}
