"use client";
// After signing in or out: everything is read anew, as somebody else.
import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";

export function useArrive(): (path: string) => void {
  const router = useRouter();
  const queryClient = useQueryClient();
  return (path) => {
    queryClient.clear();
    router.replace(path);
    router.refresh();
  };
}
