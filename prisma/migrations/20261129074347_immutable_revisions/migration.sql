-- A revision is what it was: content that returns becomes a new revision, so that one hash may be there more than once.
DROP INDEX "TemplateRevision_templateId_hash_key";

-- Containers, runs and plans name a revision by its number, and are built from its content again and again.
CREATE FUNCTION "template_revision_is_immutable"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'revision % of a template is immutable: add a new one', OLD."revision";
END $$;
CREATE TRIGGER "template_revision_immutable" BEFORE UPDATE ON "TemplateRevision"
  FOR EACH ROW EXECUTE FUNCTION "template_revision_is_immutable"();
