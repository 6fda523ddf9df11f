// Where somebody finds a mail: with a mail server in their own mailbox, without one with whoever runs this Homeport.

export function whereMailIs(to: string, mailServer: boolean): string {
  return mailServer
    ? `It goes to ${to}: look among the unwanted mails too.`
    : "No mail server is set up here: the mail is kept for the person who set this Homeport up. Ask them for the link.";
}
