. /usr/local/lib/homeport/helpers

systemctl enable wg-quick@wg0
# Only the kernel can say whether it has WireGuard: a container cannot load modules.
if ! ip link add homeport-probe type wireguard 2>/dev/null; then
  warn "This node's kernel has no WireGuard, so the tunnel is not up. Run 'modprobe wireguard' on the node and restart the container; everything else is ready."
  exit 0
fi
ip link del homeport-probe
systemctl restart wg-quick@wg0
wg show wg0 listen-port
log 'The tunnel is up on UDP port 51820.'
