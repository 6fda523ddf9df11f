-- The words beside a step are a code with the names it needs (domain/run/step-detail): what was stored is read once more as what wrote it. Words that
-- are not known for certain, as those of a step that waits, stay, as {"is": "text"}.
CREATE FUNCTION "step_detail_code"(said TEXT) RETURNS JSONB LANGUAGE plpgsql IMMUTABLE STRICT AS $$
DECLARE
  part TEXT[];
BEGIN
  CASE said
    WHEN '' THEN RETURN NULL;
    WHEN 'waiting for its turn' THEN RETURN '{"is": "queued"}';
    WHEN 'as planned' THEN RETURN '{"is": "as_planned"}';
    WHEN 'planned now' THEN RETURN '{"is": "planned_now"}';
    WHEN 'nothing to install' THEN RETURN '{"is": "nothing_to_install"}';
    WHEN 'not looked inside: the node has no SSH access' THEN RETURN '{"is": "not_discovered"}';
    WHEN 'no services' THEN RETURN '{"is": "services", "list": "", "without": 0, "most": 0, "mostBytes": 0}';
    WHEN 'stopped, as it did not shut down in time' THEN RETURN '{"is": "stopped_hard"}';
    WHEN 'it is gone already' THEN RETURN '{"is": "gone"}';
    WHEN 'it was gone already' THEN RETURN '{"is": "gone_before"}';
    WHEN 'cancelled too late: it was destroyed' THEN RETURN '{"is": "destroyed_anyway"}';
    WHEN 'skipped' THEN RETURN '{"is": "skipped", "by": null}';
    WHEN 'stopped: the run was cancelled' THEN RETURN '{"is": "cancelled", "by": null}';
    WHEN 'it did not come to its end' THEN RETURN '{"is": "not_ended"}';
    WHEN 'downloading' THEN RETURN '{"is": "downloading", "percent": null, "totalBytes": null}';
    ELSE NULL;
  END CASE;
  part := regexp_match(said, '^VMID (\d{3,9})$');
  IF part IS NOT NULL THEN RETURN jsonb_build_object('is', 'reserved', 'vmid', part[1]::int); END IF;
  part := regexp_match(said, '^CT (\d{3,9})$');
  IF part IS NOT NULL THEN RETURN jsonb_build_object('is', 'created', 'vmid', part[1]::int, 'taken', '[]'::jsonb); END IF;
  part := regexp_match(said, '^CT (\d{3,9}), as VMID (\d{3,9}(?:, \d{3,9})*) was taken$');
  IF part IS NOT NULL THEN
    RETURN jsonb_build_object('is', 'created', 'vmid', part[1]::int, 'taken', to_jsonb(string_to_array(part[2], ', ')::int[]));
  END IF;
  part := regexp_match(said, '^already on (\S+)$');
  IF part IS NOT NULL THEN RETURN jsonb_build_object('is', 'image_there', 'storage', part[1]); END IF;
  part := regexp_match(said, '^downloaded to (\S+)$');
  IF part IS NOT NULL THEN RETURN jsonb_build_object('is', 'downloaded', 'storage', part[1]); END IF;
  part := regexp_match(said, '^(\d{1,3}(?:\.\d{1,3}){3}|[0-9a-fA-F]*:[0-9a-fA-F:]*)$');
  IF part IS NOT NULL THEN RETURN jsonb_build_object('is', 'address', 'address', part[1]); END IF;
  part := regexp_match(said, '^skipped by (.*)$');
  IF part IS NOT NULL THEN RETURN jsonb_build_object('is', 'skipped', 'by', part[1]); END IF;
  part := regexp_match(said, '^cancelled by (.*)$');
  IF part IS NOT NULL THEN RETURN jsonb_build_object('is', 'cancelled', 'by', part[1]); END IF;
  RETURN jsonb_build_object('is', 'text', 'text', said);
END $$;

ALTER TABLE "RunStep" ALTER COLUMN "detail" TYPE JSONB USING "step_detail_code"("detail");
ALTER TABLE "RunAttempt" ALTER COLUMN "detail" TYPE JSONB USING "step_detail_code"("detail");
DROP FUNCTION "step_detail_code"(TEXT);

-- A code, never a bare text.
ALTER TABLE "RunStep" ADD CONSTRAINT "run_step_detail_code" CHECK ("detail" IS NULL OR (jsonb_typeof("detail") = 'object' AND "detail" ? 'is'));
ALTER TABLE "RunAttempt" ADD CONSTRAINT "run_attempt_detail_code" CHECK ("detail" IS NULL OR (jsonb_typeof("detail") = 'object' AND "detail" ? 'is'));
