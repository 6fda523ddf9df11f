#!/bin/sh
# What a person meets when a mirror is down for a minute.
. /usr/local/lib/homeport/helpers

log "Attempt $HOMEPORT_ATTEMPT"
if [ "$HOMEPORT_ATTEMPT" = 1 ]; then
  fail "The mirror does not answer."
fi
log "It works now"
