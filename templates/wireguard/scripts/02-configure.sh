. /usr/local/lib/homeport/helpers

umask 077
keys=/etc/wireguard/keys
server_public=$(wg pubkey <"$keys/server")
client_public=$(wg pubkey <"$keys/client")

if [ -e /etc/wireguard/wg0.conf ]; then
  log 'Keeping /etc/wireguard/wg0.conf as it is: it may have peers of your own.'
else
  cat >/etc/wireguard/wg0.conf.new <<END
[Interface]
Address = 10.8.0.1/24
ListenPort = 51820
PrivateKey = $(cat "$keys/server")
PostUp = sysctl -q -w net.ipv4.ip_forward=1
PostUp = nft 'add table ip homeport; add chain ip homeport out { type nat hook postrouting priority 100; }; add rule ip homeport out ip saddr 10.8.0.0/24 oifname != "wg0" masquerade'
PostDown = nft delete table ip homeport

[Peer]
PublicKey = $client_public
PresharedKey = $(cat "$keys/shared")
AllowedIPs = 10.8.0.2/32
END
  mv /etc/wireguard/wg0.conf.new /etc/wireguard/wg0.conf
  log 'Server configuration written to /etc/wireguard/wg0.conf (root only).'
fi

client_config="[Interface]
Address = 10.8.0.2/32
PrivateKey = $(cat "$keys/client")

[Peer]
PublicKey = $server_public
PresharedKey = $(cat "$keys/shared")
Endpoint = $HOMEPORT_ADDRESS:51820
AllowedIPs = 10.8.0.0/24
PersistentKeepalive = 25"

service wireguard wireguard 51820
credential wireguard public-key "$server_public"
credential wireguard client-config "$client_config"
log 'The configuration of the first client is among the credentials.'
