. /usr/local/lib/homeport/helpers

ensure_packages unattended-upgrades
cat >/etc/apt/apt.conf.d/20auto-upgrades <<'END'
APT::Periodic::Update-Package-Lists "1";
APT::Periodic::Unattended-Upgrade "1";
END
systemctl enable --now apt-daily.timer apt-daily-upgrade.timer
log 'Security updates install themselves every day.'
