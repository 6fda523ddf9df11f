-- What a person is told about the second factor of their account, as of their password.
ALTER TYPE "MailKind" ADD VALUE 'second_factor_on';
ALTER TYPE "MailKind" ADD VALUE 'second_factor_off';
ALTER TYPE "MailKind" ADD VALUE 'recovery_code_used';
