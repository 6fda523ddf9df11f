-- What a run waits for is a code with the names it needs (domain/waiting), no sentence: what was stored is read once more as what wrote it.
-- A sentence that is not known stays, as {"on": "other"}.
CREATE FUNCTION "waiting_code"(said TEXT) RETURNS JSONB LANGUAGE plpgsql IMMUTABLE STRICT AS $$
DECLARE
  part TEXT[];
  trouble TEXT[];
BEGIN
  CASE said
    WHEN '' THEN RETURN NULL;
    WHEN 'engine unavailable' THEN RETURN '{"on": "engine", "why": "away"}';
    WHEN 'the version of Homeport that began it: this one cannot continue it' THEN RETURN '{"on": "engine", "why": "unfit"}';
    WHEN 'an engine that can continue it: Homeport''s own fails at it now' THEN RETURN '{"on": "engine", "why": "failing"}';
    WHEN 'your decision' THEN RETURN '{"on": "decision"}';
    WHEN 'paused' THEN RETURN '{"on": "pause", "by": null}';
    WHEN 'undoing what was made' THEN RETURN '{"on": "undo"}';
    WHEN 'somebody to settle it: its workflow was ended in Temporal (Orphans)' THEN RETURN '{"on": "settlement"}';
    WHEN 'Homeport''s database does not answer' THEN RETURN '{"on": "database"}';
    WHEN 'another worker does this step' THEN RETURN '{"on": "other_worker"}';
    ELSE NULL;
  END CASE;
  part := regexp_match(said, '^paused by (.*)$');
  IF part IS NOT NULL THEN RETURN jsonb_build_object('on', 'pause', 'by', part[1]); END IF;
  part := regexp_match(said, '^cleanup pending: (.*)$');
  IF part IS NOT NULL THEN RETURN jsonb_build_object('on', 'cleanup', 'until', "waiting_code"(part[1])); END IF;
  part := regexp_match(said, '^a turn on (.*): it is its turn now$');
  IF part IS NOT NULL THEN RETURN jsonb_build_object('on', 'slot', 'node', part[1], 'pool', 'task', 'position', 0, 'limit', 0); END IF;
  part := regexp_match(said, '^a turn on (.*): (\d+)(?:st|nd|rd|th) in line for (.*) \((\d+) creates? at a time\)$');
  IF part IS NOT NULL THEN
    RETURN jsonb_build_object('on', 'slot', 'node', part[1], 'pool', 'create:' || part[3], 'position', part[2]::int, 'limit', part[4]::int);
  END IF;
  part := regexp_match(said, '^a turn on (.*): (\d+)(?:st|nd|rd|th) in line \((\d+) tasks? at a time\)$');
  IF part IS NOT NULL THEN
    RETURN jsonb_build_object('on', 'slot', 'node', part[1], 'pool', 'task', 'position', part[2]::int, 'limit', part[3]::int);
  END IF;
  part := regexp_match(said, '^CT (\d+) on node (.*) is locked by .* \(lock: (.*)\)$');
  IF part IS NOT NULL THEN RETURN jsonb_build_object('on', 'lock', 'vmid', part[1]::int, 'node', part[2], 'lock', part[3]); END IF;
  part := regexp_match(said, '^CT (\d+) is left locked by a create that died\. Run on node (.*): pct unlock \d+$');
  IF part IS NOT NULL THEN RETURN jsonb_build_object('on', 'unlock', 'vmid', part[1]::int, 'node', part[2]); END IF;
  part := regexp_match(said, '^the container is locked by another operation: (.*)$');
  IF part IS NOT NULL THEN RETURN jsonb_build_object('on', 'locked', 'text', part[1]); END IF;
  part := regexp_match(said, '^node (.*?) is busy: (.*)$');
  IF part IS NOT NULL THEN RETURN jsonb_build_object('on', 'busy_node', 'node', part[1], 'text', part[2]); END IF;
  FOREACH trouble SLICE 1 IN ARRAY ARRAY[
    ['unreachable', '^node (.*) is unreachable$'],
    ['no_quorum', '^the cluster of node (.*) has no quorum$'],
    ['lock_held', '^another task on node (.*) holds the container''s lock$'],
    ['ssh_unreachable', '^node (.*) cannot be reached over SSH$'],
    ['ssh_lost', '^the SSH connection to node (.*) was lost$'],
    ['ssh_silent', '^node (.*) does not answer over SSH$'],
    ['ssh_ended', '^the SSH command on node (.*) was ended$']
  ] LOOP
    part := regexp_match(said, trouble[2]);
    IF part IS NOT NULL THEN RETURN jsonb_build_object('on', 'node', 'node', part[1], 'why', trouble[1]); END IF;
  END LOOP;
  RETURN jsonb_build_object('on', 'other', 'text', said);
END $$;

ALTER TABLE "Run" ALTER COLUMN "waitingFor" TYPE JSONB USING "waiting_code"("waitingFor");
DROP FUNCTION "waiting_code"(TEXT);
