#!/bin/sh
# What a container can do without: it fails, and its template says that it may be skipped.
. /usr/local/lib/homeport/helpers

log "Looking for something to warm"
fail "There is no cache on this machine."
