// What a mail says. Names that somebody chose stand in quotation marks: a mail goes to people who know neither them nor us.
import type { MailContent } from "../stored/mail";
import { roleWithArticle } from "../access/rank";

export interface MailText {
  subject: string;
  paragraphs: string[];
  /** In front of the last paragraph. */
  link: { title: string; href: string } | null;
}

/** As a person, a list or an audit line calls a mail. */
export const mailTitle: Record<MailContent["kind"], string> = {
  confirm_address: "Confirm an address",
  change_address: "Confirm a new address",
  change_asked: "Another address was asked for",
  address_changed: "The address was changed",
  reset_password: "Set a new password",
  password_changed: "The password was changed",
  second_factor_on: "Two-factor sign-in was turned on",
  second_factor_off: "Two-factor sign-in was turned off",
  app_removed: "An authenticator app was removed",
  factors_ended: "Two-factor sign-in was turned off by an administrator",
  recovery_code_used: "A recovery code was used",
  passkey_added: "A passkey was added",
  recovery_codes_made: "New recovery codes were made",
  passkey_removed: "A passkey was removed",
  invitation: "Invitation",
  approval_wanted: "Approval wanted",
  approval_decided: "Approval decided",
  lease_ends: "A lease ends",
  lease_ended: "A lease has ended",
  lease_destroys: "A container is about to be destroyed",
};

/** A name that somebody chose: what stands in the quotation marks does not end them, and is no address to click. */
const quoted = (name: string): string => `“${name.replaceAll(/["“”„«»]/g, "'").replaceAll(/(\w+):\/\/|www\./gi, "")}”`;

type Writers = {
  [Kind in MailContent["kind"]]: (content: Extract<MailContent, { kind: Kind }>, at: string) => MailText;
};

const writers: Writers = {
  confirm_address: ({ token }, at) => ({
    subject: "Confirm your e-mail address for Homeport",
    paragraphs: [
      `Somebody, probably you, has an account with this address at Homeport, ${at}. Confirm that the address is yours.`,
      "The link counts for a day. If you have no account there, do not open it, and tell the person who runs that Homeport: they can disable the account.",
    ],
    link: { title: "Confirm this address", href: `${at}/confirm-address#${token}` },
  }),
  change_address: ({ token, from }, at) => ({
    subject: "Confirm your new e-mail address for Homeport",
    paragraphs: [
      `Whoever has the account ${from} at Homeport, ${at}, wants it to have this address from now on. If that is you, open the link and sign in.`,
      "The link counts for a day. If that is not you, do nothing: without the link nothing changes.",
    ],
    link: { title: "Use this address", href: `${at}/confirm-address#${token}` },
  }),
  change_asked: ({ to }, at) => ({
    subject: "Another e-mail address was asked for your Homeport account",
    paragraphs: [
      `Your account at Homeport, ${at}, is to have the address ${to} from now on. It will, when the link that was sent there is opened.`,
      "If that was not you, somebody knows your password. Set a new one now: that ends their sessions and their link.",
    ],
    link: { title: "Ask for a link to set a new password", href: `${at}/forgot-password` },
  }),
  address_changed: ({ to }, at) => ({
    subject: "Your Homeport account has another e-mail address now",
    paragraphs: [
      `Your account at Homeport, ${at}, has the address ${to} from now on. You sign in with it, and mails go there.`,
      "If that was not you, somebody knows your password: tell the person who runs that Homeport at once. They can disable the account.",
    ],
    link: null,
  }),
  reset_password: ({ token }, at) => ({
    subject: "Set a new password for Homeport",
    paragraphs: [
      `Somebody, probably you, asked for a new password of your account at Homeport, ${at}. Setting it ends all sessions and API tokens of the account.`,
      "The link works once, within an hour of being asked for. If that was not you, do nothing: without the link nothing changes.",
    ],
    link: { title: "Set a new password", href: `${at}/reset-password#${token}` },
  }),
  password_changed: (_, at) => ({
    subject: "Your Homeport password was changed",
    paragraphs: [
      `The password of your account at Homeport, ${at}, was changed. Sessions with the old one were ended.`,
      "If that was not you, set a new one now: the link that you ask for comes to this address.",
    ],
    link: { title: "Ask for a link", href: `${at}/forgot-password` },
  }),
  second_factor_on: (_, at) => ({
    subject: "Two-factor sign-in was turned on for your Homeport account",
    paragraphs: [
      `Your account at Homeport, ${at}, asks for a code of an authenticator app from now on. Its other sessions were ended.`,
      "If that was not you, somebody knows your password: setting a new one ends their session. Tell the person who set that Homeport up as well: they can turn it off again, and disable the account. If you set it up yourself: npm start -- --reset-link=ADDRESS on its machine, with your address, lets you in.",
    ],
    link: { title: "Ask for a link to set a new password", href: `${at}/forgot-password` },
  }),
  second_factor_off: (_, at) => ({
    subject: "Two-factor sign-in was turned off for your Homeport account",
    paragraphs: [
      `Your account at Homeport, ${at}, asks for no code of an app any more: its password is enough.`,
      "If you did not want that, set a new password now and turn it on again under Account.",
    ],
    link: { title: "Ask for a link to set a new password", href: `${at}/forgot-password` },
  }),
  app_removed: (_, at) => ({
    subject: "The authenticator app was removed from your Homeport account",
    paragraphs: [
      `Your account at Homeport, ${at}, takes no code of an app any more. Besides its password it asks for a passkey, or a recovery code.`,
      "If you did not want that, set a new password now, look at the passkeys under Account, and set the app up again.",
    ],
    link: { title: "Ask for a link to set a new password", href: `${at}/forgot-password` },
  }),
  factors_ended: (_, at) => ({
    subject: "Two-factor sign-in was turned off for your Homeport account",
    paragraphs: [
      `The person who set Homeport, ${at}, up has taken the authenticator app and the passkeys of your account away. Its password is enough now; its sessions and API tokens have ended.`,
      "If you did not ask them for that, set a new password now, and tell them. Under Account you set an app up or add a passkey again.",
    ],
    link: { title: "Ask for a link to set a new password", href: `${at}/forgot-password` },
  }),
  recovery_code_used: (_, at) => ({
    subject: "A recovery code of your Homeport account was used",
    paragraphs: [
      `Somebody, probably you, used a recovery code of your account at Homeport, ${at}, in the place of a code of the app or of a passkey: to sign in, or to change how it is guarded.`,
      "If that was not you, somebody knows your password and has your recovery codes: set a new password now, and make new codes under Account.",
    ],
    link: { title: "Ask for a link to set a new password", href: `${at}/forgot-password` },
  }),
  passkey_added: (_, at) => ({
    subject: "A passkey was added to your Homeport account",
    paragraphs: [
      `A passkey was added to your account at Homeport, ${at}. Who has it signs in with it alone; the password alone is not enough any more.`,
      "If that was not you, somebody was signed in as you. Under Account, end the other sessions first, then remove the passkey, make new recovery codes and revoke API tokens that are not yours, and then set a new password, which alone does none of that.",
      "If you cannot sign in any more, tell the person who set that Homeport up at once: they can take it away, which ends all sessions, and disable the account. If you set it up yourself: npm start -- --reset-link=ADDRESS on its machine, with your address, takes it away and lets you in.",
    ],
    link: { title: "See the passkeys of your account", href: `${at}/settings/account` },
  }),
  recovery_codes_made: (_, at) => ({
    subject: "New recovery codes of your Homeport account were made",
    paragraphs: [
      `Somebody, probably you, made new recovery codes of your account at Homeport, ${at}. The ones from before do not count any more.`,
      "If that was not you, somebody was signed in as you: end the other sessions under Account, make new codes, and set a new password.",
    ],
    link: { title: "Open your account", href: `${at}/settings/account` },
  }),
  passkey_removed: (_, at) => ({
    subject: "A passkey was removed from your Homeport account",
    paragraphs: [
      `A passkey was removed from your account at Homeport, ${at}: nobody signs in with it any more. Where it was the last, and no authenticator app is set up, the password is enough.`,
      "If that was not you, somebody was signed in as you: set a new password now, which ends their session; then look under Account for passkeys and API tokens that are not yours, make new recovery codes, and add the passkey again.",
    ],
    link: { title: "Ask for a link to set a new password", href: `${at}/forgot-password` },
  }),
  invitation: ({ token, organization, role, project, invitedBy }, at) => ({
    subject: "An invitation to an organization at Homeport",
    paragraphs: [
      `${quoted(invitedBy.name)} (${invitedBy.email}) invites you to the organization ${quoted(organization)} at Homeport, ${at}, as ${roleWithArticle[role]}${
        project === null
          ? ""
          : `, and to its project ${quoted(project.name)}${project.role === null ? "" : ` as ${roleWithArticle[project.role]}`}`
      }.`,
      "The link is for you alone, and counts for seven days. If you do not know them, do nothing.",
    ],
    link: { title: "Open the invitation", href: `${at}/invitation#${token}` },
  }),
  approval_wanted: ({ hostname, project, askedBy }, at) => ({
    subject: "Somebody asks for a container beyond a quota at Homeport",
    paragraphs: [
      `${quoted(askedBy.name)} (${askedBy.email}) asks for the container ${quoted(hostname)} in the project ${quoted(project)} at Homeport, ${at}. It is beyond a quota whose limit you can change.`,
      "You can approve or refuse it within seven days. Without an answer it lapses, and nothing is created.",
    ],
    link: { title: "See the request", href: `${at}/approvals` },
  }),
  approval_decided: ({ hostname, project, approved }, at) => ({
    subject: approved ? "Your request for a container was approved" : "Your request for a container was refused",
    paragraphs: [
      `You asked for the container ${quoted(hostname)} in the project ${quoted(project)} at Homeport, ${at}.`,
      approved
        ? "It was approved: the container is being created."
        : "It was refused: nothing is created. What was answered stands beside the request.",
    ],
    link: { title: "See the request", href: `${at}/approvals` },
  }),
  lease_ends: ({ hostname, project, path, endsAt, destroyedAt }, at) => ({
    subject: "The lease of your container ends soon",
    paragraphs: [
      `The container ${quoted(hostname)} in the project ${quoted(project)} at Homeport, ${at}, is lent until ${moment(endsAt)}. It is shut down then. ${destroyedText(destroyedAt)}`,
      "If it is still needed, extend its lease on its page, with one click.",
    ],
    link: { title: "Open the container", href: `${at}${path}` },
  }),
  lease_ended: ({ hostname, project, path, destroyedAt }, at) => ({
    subject: "The lease of your container has ended",
    paragraphs: [
      `The lease of the container ${quoted(hostname)} in the project ${quoted(project)} at Homeport, ${at}, has ended, and it is shut down. ${destroyedText(destroyedAt)}`,
      "If it is still needed, extend its lease on its page, then start it.",
    ],
    link: { title: "Open the container", href: `${at}${path}` },
  }),
  lease_destroys: ({ hostname, project, path, destroyedAt }, at) => ({
    subject: "Your container is about to be destroyed",
    paragraphs: [
      `The lease of the container ${quoted(hostname)} in the project ${quoted(project)} at Homeport, ${at}, has ended, and nobody extended it. ${destroyedText(destroyedAt)}`,
      "If it, or anything on its disk, is still needed, extend its lease on its page before.",
    ],
    link: { title: "Open the container", href: `${at}${path}` },
  }),
};

/** Of no zone but one: who reads it may be anywhere. */
const moment = (iso: string): string => `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
const destroyedText = (destroyedAt: string | null): string =>
  destroyedAt === null
    ? "It is not destroyed."
    : `It is destroyed with its disks on ${moment(destroyedAt)}, unless its lease is extended.`;

/** `origin`: where people reach this Homeport, such as "https://homeport.lan". A token stands behind "#", which no browser sends. */
export function mailText(content: MailContent, origin: string): MailText {
  // The writer is that of the content's own kind.
  return (writers[content.kind] as (content: MailContent, at: string) => MailText)(content, origin);
}
