"use client";
// Who is signed in: the account, the theme, the way out.
import type { Me } from "@homeport/api";
import { cn } from "@homeport/ui/cn";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@homeport/ui/dropdown-menu";
import { toast } from "@homeport/ui/toast";
import { LogOut, Mails, Monitor, Moon, Settings, Sun, Users } from "lucide-react";
import { Link } from "@/components/link";
import type { Theme } from "@/components/theme";
import { useTheme } from "@/lib/hooks/use-theme";
import { arrive } from "@/features/account";
import { forgetWizard } from "@/lib/wizard-store";
import { outcomeTitle } from "@/lib/requests/answer";
import { useSession } from "@/lib/session-provider";
import { trpc } from "@/lib/trpc";

const themes: readonly { value: Theme; title: string; icon: typeof Sun }[] = [
  { value: "system", title: "As the system", icon: Monitor },
  { value: "light", title: "Light", icon: Sun },
  { value: "dark", title: "Dark", icon: Moon },
];

export function PersonMenu({ me, narrow }: { me: Me & { setUpHere: boolean }; narrow: boolean }) {
  const session = useSession();
  const { theme, setTheme } = useTheme();
  const signOut = trpc.auth.signOut.useMutation({
    onMutate: () => {
      session.leaving(true);
    },
    onSuccess: () => {
      session.leave();
      forgetWizard(window.sessionStorage);
      arrive("/sign-in");
    },
    onError: (error) => {
      session.leaving(false);
      toast.error(outcomeTitle(error, "You are still signed in."), { description: error.message });
    },
  });
  return (
    <DropdownMenu>
      <DropdownMenuTrigger
        {...(narrow ? { "aria-label": `Account of ${me.name}` } : {})}
        className={cn(
          "flex h-10 w-full items-center gap-2.5 rounded-md px-2.5 text-left hover:bg-hover",
          narrow && "justify-center px-0",
        )}
      >
        <span
          aria-hidden="true"
          className="grid size-6 shrink-0 place-items-center rounded-full bg-accent-soft text-meta font-medium text-accent"
        >
          {me.name.slice(0, 1).toUpperCase()}
        </span>
        {!narrow && (
          <span className="min-w-0 flex-1">
            <span className="sr-only">Account of </span>
            <span className="block truncate text-table">{me.name}</span>
            <span className="block truncate text-meta text-muted">{me.email}</span>
          </span>
        )}
      </DropdownMenuTrigger>
      <DropdownMenuContent align="start" side="top" className="w-60">
        <DropdownMenuItem asChild>
          <Link href="/settings/account">
            <Settings aria-hidden />
            Account and sessions
          </Link>
        </DropdownMenuItem>
        {me.setUpHere && (
          <>
            <DropdownMenuItem asChild>
              <Link href="/people">
                <Users aria-hidden />
                People
              </Link>
            </DropdownMenuItem>
            <DropdownMenuItem asChild>
              <Link href="/mails">
                <Mails aria-hidden />
                Mails
              </Link>
            </DropdownMenuItem>
          </>
        )}
        <DropdownMenuSeparator />
        <DropdownMenuLabel>Theme</DropdownMenuLabel>
        <DropdownMenuRadioGroup
          value={theme}
          onValueChange={(value) => {
            setTheme(value as Theme); /* one of `themes` */
          }}
        >
          {themes.map(({ value, title, icon: Icon }) => (
            <DropdownMenuRadioItem
              key={value}
              value={value}
              onSelect={(event) => {
                event.preventDefault();
              }}
            >
              <Icon aria-hidden />
              {title}
            </DropdownMenuRadioItem>
          ))}
        </DropdownMenuRadioGroup>
        <DropdownMenuSeparator />
        <DropdownMenuItem
          onSelect={(event) => {
            event.preventDefault();
            signOut.mutate();
          }}
        >
          <LogOut aria-hidden />
          {signOut.isPending ? "Signing out …" : "Sign out"}
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
