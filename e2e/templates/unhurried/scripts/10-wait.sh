#!/bin/sh
# Long enough for a person to pause or cancel it.
. /usr/local/lib/homeport/helpers

log "Beginning to wait"
sleep 15
log "Waited long enough"
