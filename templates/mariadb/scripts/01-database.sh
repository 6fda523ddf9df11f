. /usr/local/lib/homeport/helpers

systemctl enable mariadb
systemctl restart mariadb
wait_for_port 3306 60
password=$(saved_secret mariadb-app)

# Statements go through stdin: a password must not be seen in the list of processes.
mariadb --batch <<END
CREATE DATABASE IF NOT EXISTS app;
CREATE USER IF NOT EXISTS 'app'@'%' IDENTIFIED BY '$password';
ALTER USER 'app'@'%' IDENTIFIED BY '$password';
GRANT ALL PRIVILEGES ON app.* TO 'app'@'%';
END

service mariadb mysql 3306
credential mariadb user app
credential mariadb database app
credential mariadb password "$password"
credential mariadb url "mysql://app:$password@$HOMEPORT_ADDRESS:3306/app"
log 'Database app is ready; its password is among the credentials.'
