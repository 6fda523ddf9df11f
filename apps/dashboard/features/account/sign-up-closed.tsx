// In the place of the sign-up form where a setting keeps it from everybody, or from who was not invited.
import Link from "next/link";

export function SignUpClosed({ byInvitation }: { byInvitation: boolean }) {
  return (
    <>
      <h1 className="mb-4 text-page font-semibold">
        {byInvitation ? "Sign-up is by invitation here" : "Sign-up is closed here"}
      </h1>
      <p>
        {byInvitation
          ? "Open the link that you were sent, or ask a member of an organization for one."
          : "Ask the person who runs this Homeport for an account."}
      </p>
      <p className="mt-6 text-muted">
        Have an account?{" "}
        <Link className="text-accent underline underline-offset-2" href="/sign-in">
          Sign in
        </Link>
      </p>
    </>
  );
}
