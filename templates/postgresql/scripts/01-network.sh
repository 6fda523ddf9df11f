. /usr/local/lib/homeport/helpers

config=/etc/postgresql/15/main
[ -d "$config" ] || fail "PostgreSQL 15 has no cluster in $config."
cat >"$config/conf.d/homeport.conf" <<'END'
listen_addresses = '*'
password_encryption = 'scram-sha-256'
END
rule='host all all samenet scram-sha-256'
if ! grep -qxF "$rule" "$config/pg_hba.conf"; then
  printf '\n# The container'"'"'s own networks, with a password.\n%s\n' "$rule" >>"$config/pg_hba.conf"
fi
systemctl enable postgresql
systemctl restart postgresql@15-main
wait_for_port 5432 60
log 'PostgreSQL listens on port 5432.'
