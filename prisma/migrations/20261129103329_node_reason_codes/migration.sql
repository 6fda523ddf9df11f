-- Why a node is in its state is a code with the names it needs (domain/node/node-reason), no sentence: what was stored is read once more as
-- what wrote it. A sentence that is not known stays, as {"why": "text"}.
CREATE FUNCTION "node_reason_code"(said TEXT, report JSONB) RETURNS JSONB LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
  part TEXT[];
  bare TEXT;
  failed JSONB;
  more INTEGER;
BEGIN
  IF said IS NULL OR said = '' THEN RETURN NULL; END IF;
  CASE said
    WHEN 'It is being checked.' THEN RETURN '{"why": "checking"}';
    WHEN 'It answers; it has not been checked yet.' THEN RETURN '{"why": "not_checked"}';
    WHEN 'The engine that checks nodes does not answer. Check it again in a moment.' THEN RETURN '{"why": "check_not_begun"}';
    WHEN 'The check failed for a reason of Homeport''s own. Check it again.' THEN RETURN '{"why": "check_failed"}';
    WHEN 'Its certificate and host key wait for your confirmation.' THEN RETURN '{"why": "unconfirmed"}';
    WHEN 'Its certificate changed. Compare and confirm before anything is sent to it.' THEN
      RETURN '{"why": "keys_changed", "keys": ["certificate"]}';
    WHEN 'Its SSH host key changed. Compare and confirm before anything is sent to it.' THEN
      RETURN '{"why": "keys_changed", "keys": ["ssh_host_key"]}';
    WHEN 'Its certificate and SSH host key changed. Compare and confirm before anything is sent to it.' THEN
      RETURN '{"why": "keys_changed", "keys": ["certificate", "ssh_host_key"]}';
    ELSE NULL;
  END CASE;
  -- The report that it was made of lies beside it.
  IF jsonb_typeof(report -> 'lines') = 'array' THEN
    SELECT line INTO failed FROM jsonb_array_elements(report -> 'lines') WITH ORDINALITY AS lines(line, place)
      WHERE line ->> 'state' = 'failed' ORDER BY place LIMIT 1;
    SELECT count(*) - 1 INTO more FROM jsonb_array_elements(report -> 'lines') AS lines(line) WHERE line ->> 'state' = 'failed';
    IF (said = (failed ->> 'label') || ': ' || (failed ->> 'detail') || CASE WHEN more > 0 THEN ' (and ' || more || ' more)' ELSE '' END) THEN
      RETURN jsonb_build_object('why', 'report', 'label', failed -> 'label', 'detail', failed -> 'detail', 'more', more);
    END IF;
  END IF;
  part := regexp_match(said, '^Node (.*) refused the API token\. Check its ID and its secret; it may also have been removed or have expired\.$');
  IF part IS NOT NULL THEN RETURN jsonb_build_object('why', 'token_refused', 'node', part[1]); END IF;
  part := regexp_match(said, '^The API token of node (.*?) lacks a privilege: (.*) Grant it\.$');
  IF part IS NOT NULL THEN RETURN jsonb_build_object('why', 'privilege', 'node', part[1], 'text', part[2]); END IF;
  bare := regexp_replace(said, ' Proxmox usually listens at port 8006\.$', '');
  part := regexp_match(bare, '^Node (.*) cannot be reached at (\S+):(\d+)\.$');
  IF part IS NULL THEN part := regexp_match(bare, '^Node (.*) cannot be reached at (\S+):(\d+): (.*)\.$'); END IF;
  IF part IS NOT NULL AND (part[4] IS NULL OR "node_reason_cause"(part[4]) IS NOT NULL) THEN
    RETURN jsonb_build_object('why', 'unreachable', 'node', part[1], 'at', jsonb_build_object('host', part[2], 'port', part[3]::int),
      'cause', "node_reason_cause"(part[4]));
  END IF;
  part := regexp_match(said, '^Node (.*) is unreachable\.$');
  IF part IS NULL THEN part := regexp_match(said, '^node (.*) is unreachable$'); END IF;
  IF part IS NULL THEN part := regexp_match(said, '^Node (.*) is unreachable: (.*)\.$'); END IF;
  IF part IS NOT NULL AND (part[2] IS NULL OR "node_reason_cause"(part[2]) IS NOT NULL) THEN
    RETURN jsonb_build_object('why', 'unreachable', 'node', part[1], 'at', NULL, 'cause', "node_reason_cause"(part[2]));
  END IF;
  RETURN jsonb_build_object('why', 'text', 'text', said);
END $$;
CREATE FUNCTION "node_reason_cause"(said TEXT) RETURNS TEXT LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE said
    WHEN 'it refused the connection: nothing listens at this port, or a firewall is in the way' THEN 'refused'
    WHEN 'the host name is not known to Homeport''s name server' THEN 'name_unknown'
    WHEN 'Homeport''s name server gave no answer for the host name' THEN 'name_server_silent'
    WHEN 'there is no way to this address: the machine is off, or in another network' THEN 'no_way'
    WHEN 'Homeport''s machine has no way to this network' THEN 'no_network'
    WHEN 'the machine is down' THEN 'host_down'
    WHEN 'nothing answered in time: the address is another one, the machine is off, or a firewall drops the connection' THEN 'timeout'
    WHEN 'something takes the connection, but does not begin TLS: it is probably another service' THEN 'tls_silent'
    WHEN 'it closed the connection at once' THEN 'closed'
    WHEN 'something answers there, but not with TLS: it is probably another service' THEN 'not_tls'
  END
$$;

ALTER TABLE "ProxmoxNode" ALTER COLUMN "stateReason" TYPE JSONB USING "node_reason_code"("stateReason", "report");
DROP FUNCTION "node_reason_code"(TEXT, JSONB);
DROP FUNCTION "node_reason_cause"(TEXT);

-- A code, never a bare sentence.
ALTER TABLE "ProxmoxNode" ADD CONSTRAINT "proxmox_node_state_reason_code"
  CHECK ("stateReason" IS NULL OR (jsonb_typeof("stateReason") = 'object' AND "stateReason" ? 'why'));
