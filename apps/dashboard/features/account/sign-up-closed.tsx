// In the place of the sign-up form where sign-up is closed by a setting.
import Link from "next/link";

export function SignUpClosed() {
  return (
    <>
      <h1 className="mb-4 text-page font-semibold">Sign-up is closed here</h1>
      <p>Ask the person who runs this Homeport for an account.</p>
      <p className="mt-6 text-muted">
        Have an account?{" "}
        <Link className="text-accent underline underline-offset-2" href="/sign-in">
          Sign in
        </Link>
      </p>
    </>
  );
}
