// The names of the refusals that the table has shown in one way.
import type { table } from "@homeport/api/testing/refusals-table";

type Table = typeof table;
export type ShownBy<Shown extends string> = {
  [Name in keyof Table]: Table[Name]["shown"] extends Shown ? Name : never;
}[keyof Table];
