// Containers are the home page; this address is what people guess.
import { redirect } from "next/navigation";

export default function Page() {
  redirect("/");
}
