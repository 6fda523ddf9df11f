-- How what did not agree was settled is a code (domain/orphan), no sentence.
UPDATE "Orphan" SET "resolution" = CASE "resolution"
  WHEN 'marked as deleted' THEN 'marked_deleted'
  WHEN 'given up' THEN 'given_up'
  WHEN 'ended' THEN 'workflow_ended'
  WHEN 'ended by itself, as its run had ended' THEN 'workflow_ended_by_itself'
  WHEN 'begun anew by itself' THEN 'begun_anew'
  WHEN 'went away' THEN 'went_away'
  WHEN 'the node was removed' THEN 'node_removed'
  ELSE "resolution"
END WHERE "resolution" IS NOT NULL;
