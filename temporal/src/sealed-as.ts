// What an object was sealed for stands inside it: whoever copies a sealed payload to another place of its workflow is found out.

/** The field's name. A payload that is not sealed never carries it into a workflow (codec.ts). */
export const SEALED_AS = "homeportSealedAs";

/** A workflow's input, since answers are sealed: without it, a workflow was begun by an earlier release and believes what that one did. */
export const START = "start";
/** What an activity of this type is asked. */
export const callOf = (activityType: string): string => `call ${activityType}`;
/** What the activity with this type and id answered. Ids are counted by the workflow: none comes twice in one execution. */
export const answerOf = ({ activityType, activityId }: { activityType: string; activityId: string }): string =>
  `answer ${activityType} ${activityId}`;

/** How it failed, in its failure's details. Of the failure's words nothing depends. */
export const failureOf = (
  activity: { activityType: string; activityId: string },
  { type, nonRetryable }: { type?: string | null | undefined; nonRetryable?: boolean | null | undefined },
): string => `failure ${activity.activityType} ${activity.activityId} ${type ?? ""} ${nonRetryable === true}`;

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;
/** Undefined: nothing says so. */
export const sealedAs = (value: unknown): unknown => (isObject(value) ? value[SEALED_AS] : undefined);

/** The first argument is the only one there is, and an object. */
export function seal(args: readonly unknown[], as: string): unknown[] {
  const [first, ...rest] = args;
  return [{ ...(isObject(first) ? first : {}), [SEALED_AS]: as }, ...rest];
}

/** As it was before `seal`. */
export function unseal([first, ...rest]: readonly unknown[]): unknown[] {
  if (!isObject(first) || !(SEALED_AS in first)) return [first, ...rest];
  return [Object.fromEntries(Object.entries(first).filter(([name]) => name !== SEALED_AS)), ...rest];
}
