. /usr/local/lib/homeport/helpers

# A page that a person has put there is theirs.
if [ -e /var/www/homeport/index.html ] && ! grep -q 'content="homeport"' /var/www/homeport/index.html; then
  log 'Keeping the page that is there.'
else
  sed "s/@HOSTNAME@/$HOMEPORT_HOSTNAME/g" /var/www/homeport/index.html.in >/var/www/homeport/index.html
  log "Page written for $HOMEPORT_HOSTNAME."
fi
rm -f /etc/nginx/sites-enabled/default
ln -sf ../sites-available/homeport /etc/nginx/sites-enabled/homeport
nginx -t
systemctl enable nginx
systemctl restart nginx
wait_for_port 80
service web http 80 /
log "The site answers on http://$HOMEPORT_ADDRESS/"
