. /usr/local/lib/homeport/helpers

# Minimal images have no locale set; UTF-8 everywhere saves trouble later.
printf 'LANG=C.UTF-8\n' >/etc/default/locale
log "$(sed -n 's/^PRETTY_NAME="\(.*\)"$/\1/p' /etc/os-release) on $HOMEPORT_HOSTNAME ($HOMEPORT_ADDRESS)"
if [ -x /usr/sbin/sshd ]; then
  service ssh ssh 22
fi
log 'The base system is ready.'
