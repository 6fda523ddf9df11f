-- What a person is told about the passkeys of their account.
ALTER TYPE "MailKind" ADD VALUE 'passkey_added';
ALTER TYPE "MailKind" ADD VALUE 'passkey_removed';
ALTER TYPE "MailKind" ADD VALUE 'app_removed';
ALTER TYPE "MailKind" ADD VALUE 'factors_ended';
ALTER TYPE "MailKind" ADD VALUE 'recovery_codes_made';
