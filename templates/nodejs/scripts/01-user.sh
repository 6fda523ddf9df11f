. /usr/local/lib/homeport/helpers

if ! getent passwd app >/dev/null; then
  useradd --system --user-group --home-dir /opt/app --no-create-home --shell /usr/sbin/nologin app
fi
log "The application runs as the user app, with Node.js $(node --version)."
