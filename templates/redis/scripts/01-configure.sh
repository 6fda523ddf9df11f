. /usr/local/lib/homeport/helpers

password=$(saved_secret redis)
umask 077
cat >/etc/redis/homeport.conf.new <<END
bind * -::*
protected-mode yes
requirepass $password
appendonly yes
END
chown redis:redis /etc/redis/homeport.conf.new
chmod 640 /etc/redis/homeport.conf.new
mv /etc/redis/homeport.conf.new /etc/redis/homeport.conf
if ! grep -qx 'include /etc/redis/homeport.conf' /etc/redis/redis.conf; then
  printf '\ninclude /etc/redis/homeport.conf\n' >>/etc/redis/redis.conf
fi
systemctl enable redis-server
systemctl restart redis-server
wait_for_port 6379
service redis redis 6379
credential redis password "$password"
credential redis url "redis://:$password@$HOMEPORT_ADDRESS:6379/0"
log 'Redis listens on port 6379 and asks for its password.'
