. /usr/local/lib/homeport/helpers

systemctl daemon-reload
systemctl enable app
systemctl restart app
wait_for_port 3000
service app http 3000 /
log "The application answers on http://$HOMEPORT_ADDRESS:3000/"
