-- An event of a container is a code with its data (domain/container/container-event): its sentence follows from them. One that does not is kept
-- as {"text": …}.
CREATE FUNCTION "event_code"(code TEXT, said TEXT) RETURNS JSONB LANGUAGE plpgsql IMMUTABLE STRICT AS $$
DECLARE
  did TEXT := CASE split_part(code, '.', 1)
    WHEN 'provision' THEN 'created' WHEN 'start' THEN 'started' WHEN 'stop' THEN 'stopped' WHEN 'shutdown' THEN 'shut down'
    WHEN 'reboot' THEN 'rebooted' WHEN 'destroy' THEN 'destroyed' END;
  known TEXT := CASE
    WHEN code = 'container.failed' THEN 'No run works on it any more. Delete it to clear away what is left of it.'
    WHEN code = 'run.cancel_not_recorded' THEN
      'Somebody asked Temporal to cancel its run, past Homeport. The run goes on: whoever wants it to stop cancels it on its page.'
    WHEN code = 'provision.cancelled' THEN 'Its creation was cancelled and undone: nothing of it is left.'
    WHEN did IS NULL THEN NULL
    WHEN code LIKE '%.done' THEN 'The container was ' || did || '.'
    WHEN code LIKE '%.done\_with\_warnings' THEN 'The container was ' || did || ', with warnings.'
    WHEN code LIKE '%.undone' THEN 'Its creation was undone: nothing of it is left.'
    WHEN code LIKE '%.cancelled' THEN 'The operation was cancelled.'
    WHEN code LIKE '%.failed' THEN 'The container could not be ' || did || '.' END;
BEGIN
  IF said = known THEN RETURN '{}'; END IF;
  CASE code || ': ' || said
    WHEN 'container.reconciled: Its guest was found on the node and adopted.' THEN RETURN '{"what": "adopted"}';
    WHEN 'container.reconciled: Its guest was found on the node and is being deleted.' THEN RETURN '{"what": "found_to_delete"}';
    WHEN 'container.reconciled: Its guest was gone from the node; it was marked as deleted.' THEN RETURN '{"what": "marked_deleted"}';
    WHEN 'run.readopted: Temporal had lost its run. It was begun anew, and finds what it did before.' THEN RETURN '{"why": "lost"}';
    WHEN 'run.readopted: The engine could not go on with its run, which was cancelled: it was begun anew, and finds what it did before.' THEN
      RETURN '{"why": "cancelled_stuck"}';
    ELSE RETURN jsonb_build_object('text', said);
  END CASE;
END $$;

UPDATE "ContainerEvent" SET "metadata" = "metadata" || "event_code"("type", "message") WHERE "event_code"("type", "message") <> '{}';
DROP FUNCTION "event_code"(TEXT, TEXT);
ALTER TABLE "ContainerEvent" DROP COLUMN "message";
ALTER TABLE "ContainerEvent" ADD CONSTRAINT "container_event_code" CHECK ("type" ~ '^[a-z_]+\.[a-z_]+$' AND jsonb_typeof("metadata") = 'object');
