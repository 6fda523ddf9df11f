// A link for who has forgotten their password.
import type { Metadata } from "next";
import { ForgotPassword } from "@/features/account/forgot-password";

export const metadata: Metadata = { title: "Forgot your password" };

export default function Page() {
  return <ForgotPassword />;
}
