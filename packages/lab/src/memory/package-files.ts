// What Debian's packages leave in a guest once they are set up: of each the few files that scripts look for.

const postgresql = "/etc/postgresql/15/main";

/** By package; postgresql-common makes the cluster "main" when the server is set up (Debian 12 has PostgreSQL 15). */
const files: Record<string, Record<string, string>> = {
  postgresql: {
    [`${postgresql}/postgresql.conf`]:
      "data_directory = '/var/lib/postgresql/15/main'\nport = 5432\ninclude_dir = 'conf.d'\n",
    [`${postgresql}/pg_hba.conf`]:
      "local   all             postgres                                peer\nlocal   all             all                                     peer\nhost    all             all             127.0.0.1/32            scram-sha-256\n",
    [`${postgresql}/start.conf`]: "auto\n",
  },
  "redis-server": { "/etc/redis/redis.conf": "bind 127.0.0.1 -::1\nport 6379\n" },
  "mariadb-server": {
    "/etc/mysql/mariadb.cnf":
      "[client-server]\n!includedir /etc/mysql/conf.d/\n!includedir /etc/mysql/mariadb.conf.d/\n",
  },
  nginx: {
    "/etc/nginx/nginx.conf": "include /etc/nginx/sites-enabled/*;\n",
    "/etc/nginx/sites-available/default": "server { listen 80 default_server; root /var/www/html; }\n",
  },
  caddy: { "/etc/caddy/Caddyfile": ":80 {\n\troot * /usr/share/caddy\n\tfile_server\n}\n" },
  nftables: { "/etc/nftables.conf": "#!/usr/sbin/nft -f\n\nflush ruleset\n" },
};

export function packageFiles(name: string): { path: string; text: string; mode: number }[] {
  return Object.entries(files[name] ?? {}).map(([path, text]) => ({ path, text, mode: 0o644 }));
}
