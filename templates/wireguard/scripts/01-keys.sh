. /usr/local/lib/homeport/helpers

umask 077
mkdir -p /etc/wireguard/keys
for name in server client; do
  if [ ! -s "/etc/wireguard/keys/$name" ]; then
    wg genkey >"/etc/wireguard/keys/$name.new"
    mv "/etc/wireguard/keys/$name.new" "/etc/wireguard/keys/$name"
  fi
done
if [ ! -s /etc/wireguard/keys/shared ]; then
  wg genpsk >/etc/wireguard/keys/shared.new
  mv /etc/wireguard/keys/shared.new /etc/wireguard/keys/shared
fi
log 'Keys are in /etc/wireguard/keys (root only).'
