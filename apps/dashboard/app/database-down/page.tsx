// What every page answers, with 503, while the database is away; it goes on by itself.
import { Brand } from "@/components/brand";
import { WaitForDatabase } from "@/components/wait-for-database";

export default function DatabaseDownPage() {
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-lg flex-col justify-center gap-6 px-4">
      <Brand />
      <WaitForDatabase />
    </main>
  );
}
