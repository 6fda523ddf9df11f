// The link of a forgotten password.
import type { Metadata } from "next";
import { ResetPassword } from "@/features/account/reset-password";

export const metadata: Metadata = { title: "New password" };

export default function Page() {
  return <ResetPassword />;
}
