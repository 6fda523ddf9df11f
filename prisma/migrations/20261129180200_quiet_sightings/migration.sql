-- That a node was seen wakes nobody as a change of the node: what was seen of it has its own announcement (node_observation_announce),
-- and who hears "node" reads everything of it anew.
DROP TRIGGER "node_announce_change" ON "ProxmoxNode";
CREATE TRIGGER "node_announce_change" AFTER UPDATE ON "ProxmoxNode" FOR EACH ROW
  WHEN ((to_jsonb(OLD) - '{lookedAt,lastSeenAt,updatedAt}'::text[]) IS DISTINCT FROM (to_jsonb(NEW) - '{lookedAt,lastSeenAt,updatedAt}'::text[]))
  EXECUTE FUNCTION "announce_row"('node', 'id');
