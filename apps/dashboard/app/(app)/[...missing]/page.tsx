// Any address that no page has: 404 inside the shell.
import { notFound } from "next/navigation";

export default function MissingPage() {
  notFound();
}
