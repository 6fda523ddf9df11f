// 404 outside the shell.
import { NotFoundView } from "@/components/not-found-view";

export default function NotFound() {
  return (
    <main className="py-16">
      <NotFoundView />
    </main>
  );
}
