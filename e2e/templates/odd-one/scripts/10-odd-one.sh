#!/bin/sh
# One of many fails, as one of many does.
. /usr/local/lib/homeport/helpers

log "Attempt $HOMEPORT_ATTEMPT on $HOMEPORT_HOSTNAME"
case "$HOMEPORT_HOSTNAME" in
  *odd*)
    if [ "$HOMEPORT_ATTEMPT" = 1 ]; then
      fail "The mirror does not answer."
    fi
    ;;
esac
log "It works"
