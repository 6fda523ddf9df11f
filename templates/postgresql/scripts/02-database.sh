. /usr/local/lib/homeport/helpers

password=$(saved_secret postgresql-app)
as_postgres() { runuser -u postgres -- psql -X -q -v ON_ERROR_STOP=1 "$@"; }

# Statements go through stdin: a password must not be seen in the list of processes.
as_postgres <<END
DO \$\$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'app') THEN CREATE ROLE app LOGIN; END IF;
END \$\$;
ALTER ROLE app PASSWORD '$password';
SELECT 'CREATE DATABASE app OWNER app' WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'app')
\gexec
END

service postgresql postgresql 5432
credential postgresql user app
credential postgresql database app
credential postgresql password "$password"
credential postgresql url "postgresql://app:$password@$HOMEPORT_ADDRESS:5432/app"
log 'Database app is ready; its password is among the credentials.'
