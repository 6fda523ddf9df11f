// The link to an e-mail address.
import type { Metadata } from "next";
import { ConfirmAddress } from "@/features/account/confirm-address";

export const metadata: Metadata = { title: "Confirm your address" };

export default function Page() {
  return <ConfirmAddress />;
}
