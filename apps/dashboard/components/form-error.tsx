// What is wrong with the whole form, above its button.
import { Banner } from "@homeport/ui/banner";

export function FormError({ message }: { message: string | undefined }) {
  return message === undefined ? null : <Banner tone="bad" title={message} />;
}
