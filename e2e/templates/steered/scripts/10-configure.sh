#!/bin/sh
# A setting that was typed wrong: it fails at every attempt until a person edits it.
. /usr/local/lib/homeport/helpers

colour=bleu
log "Reading the settings of $HOMEPORT_HOSTNAME"
if [ "$colour" != blue ]; then
  warn "The colour $colour is not known"
  fail "Unknown setting: colour=$colour"
fi
log "The site is $colour"
service site http 80 /
