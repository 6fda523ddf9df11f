// The address that a name suggests, until somebody types another.
import { slugOf } from "@homeport/domain/project/slug-of";
import type { FieldValues, Path, PathValue, UseFormReturn } from "react-hook-form";

/** The two fields of a form, for `NameFields`. */
export function useSlugSuggestion<V extends FieldValues & { name: string; slug: string }>(form: UseFormReturn<V>) {
  const [name, slug] = ["name" as Path<V>, "slug" as Path<V>]; // by the constraint on V
  const { dirtyFields, isSubmitted } = form.formState;
  const suggest = (typed: string): void => {
    if ("slug" in dirtyFields && dirtyFields.slug === true) return;
    form.setValue(slug, slugOf(typed) as PathValue<V, Path<V>>, { shouldValidate: isSubmitted });
  };
  return {
    name: form.register(name, { onChange: (event: { target: { value: string } }) => suggest(event.target.value) }),
    slug: form.register(slug),
  };
}
