// The rules of a form whose page is there before them: fetched when somebody begins to type, and waited for when it is sent.
import type { FieldValues, Resolver } from "react-hook-form";

/** Rules that cannot be fetched stop nobody: the server has the same, and says so at the same inputs. */
export function lazyResolver<Values extends FieldValues>(load: () => Promise<Resolver<Values>>): Resolver<Values> {
  return async (values, context, options) => {
    const resolver = await load().catch(() => undefined);
    return resolver === undefined ? { values, errors: {} } : resolver(values, context, options);
  };
}
