// What a person writes about a container that is beyond a quota, asking for it or refusing it.
import "../text/input-messages";
import { z } from "zod";
import { CreateContainerInput } from "../container/container-input";
import { uuid } from "../text/uuid";

const MOST = 500;
const MOST_LINES = 12;
/** Lines of text; what is not seen, or would turn its neighbours round, is taken away, and so is a text of nothing else. */
const Text = z
  .string()
  .max(10_000)
  .overwrite((text) => {
    const clean = text
      .replaceAll(/[^\S\n]+/g, " ")
      .replaceAll(UNSEEN, "")
      .replaceAll(/\n{3,}/g, "\n\n")
      .trim();
    return SEEN.test(clean) ? clean : "";
  })
  .check(z.maxLength(MOST, `At most ${MOST} characters.`))
  .refine((text) => text.split("\n").length <= MOST_LINES, `At most ${MOST_LINES} lines.`);
const UNSEEN = /(?![\n\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Default_Ignorable_Code_Point}\u2800]/gu;
const SEEN = /[\p{L}\p{N}\p{P}\p{S}]/u;

export const AskApprovalInput = CreateContainerInput.extend({
  projectId: uuid(),
  requestKey: uuid(),
  reason: Text.check(z.minLength(1, "Say what it is for: whoever approves it reads this.")),
});

export const RefuseApprovalInput = z.strictObject({ id: uuid(), answer: Text });
