-- To those who are concerned by a lease.
ALTER TYPE "MailKind" ADD VALUE 'lease_ends';
ALTER TYPE "MailKind" ADD VALUE 'lease_ended';
ALTER TYPE "MailKind" ADD VALUE 'lease_destroys';
