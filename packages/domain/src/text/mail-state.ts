// How a mail stands, in words: its state, and why the last try to send it failed.
import type { MailFailure, MailState } from "@homeport/db/types";
import type { StateLabel } from "./state-label";

export const mailStateLabels: Record<MailState, StateLabel> = {
  queued: { label: "To be sent", tone: "wait" },
  sent: { label: "Sent", tone: "good" },
  kept: { label: "Kept here", tone: "idle" },
  dead: { label: "Given up", tone: "bad" },
};

export const mailFailureText: Record<MailFailure, string> = {
  unreachable: "The mail server does not answer.",
  untrusted: "The mail server offers no TLS, or a certificate that is not trusted.",
  sign_in: "The mail server does not take the name and the password of the settings.",
  not_accepted:
    "The mail server takes nothing from this Homeport: look at HOMEPORT_MAIL_FROM, and at the server's own rules.",
  later: "The mail server takes it later.",
  refused: "The mail server refuses it.",
  lapsed: "Nobody needs it any more: its link was used or has ended.",
  unreadable: "It was sealed with a key that is not there any more.",
};
