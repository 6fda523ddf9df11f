// Who adds a field of a container finds here whether the form for several has its input.
import { editableKeys } from "@homeport/domain/container/fields";
import { renderToStaticMarkup } from "react-dom/server";
import { useForm } from "react-hook-form";
import { expect, test } from "vitest";
import { type Draft, emptyDraft } from "@/features/container-form";
import { BatchFields } from "./batch-fields";
import { BatchSize } from "./batch-size";
import type { NewBatchState } from "./use-new-batch";

/** What is folded away is open because something in it is wrong. */
function Form() {
  const form = useForm<Draft>({ defaultValues: emptyDraft });
  const state = {
    form,
    draft: emptyDraft,
    problems: { swapMib: "Too much." },
    count: "",
    offer: {},
    room: { wanted: undefined },
  };
  const batch = state as unknown as NewBatchState; // what the two read of it
  return (
    <>
      <BatchFields batch={batch} />
      <BatchSize batch={batch} />
    </>
  );
}

test.each(editableKeys)("%s has its input in the form for several", (key) => {
  expect(renderToStaticMarkup(<Form />)).toContain(`name="${key === "network" ? "networkMode" : key}"`);
});
