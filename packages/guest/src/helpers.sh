#!/bin/sh
# What a template's scripts say and do, once: sourced as their first line, it also makes them stop at the first failure.
# POSIX sh only. Secrets go to root-only files and never to the output. HOMEPORT_ROOT is set by tests alone.
set -eu

homeport_dir=${HOMEPORT_ROOT:-}/var/lib/homeport

log() { printf '%s\n' "$*"; }

warn() { printf 'WARN: %s\n' "$*"; }

fail() {
  printf 'ERROR: %s\n' "$*"
  exit 1
}

homeport_check_name() {
  case $1 in
  '' | .* | *[!A-Za-z0-9_.-]*) fail "Not a name: $1" ;;
  esac
}

# Writes stdin to a root-only file, whole or not at all.
homeport_store() {
  (umask 077 && mkdir -p "${1%/*}" && cat >"$1.$$" && mv "$1.$$" "$1")
}

# Notes the lines of stdin as secrets: whoever follows the output takes them out before it is stored anywhere. To be called before
# a secret can be printed. The file only grows, and is root's alone.
homeport_hide() {
  (umask 077 && mkdir -p "$homeport_dir" && cat >>"$homeport_dir/hidden")
}

# Of a value with several lines (a key, a configuration) its long words are secret, not its "[Interface]" and "DNS =".
homeport_words() {
  LC_ALL=C awk '{ line[NR] = $0 }
    END {
      if (NR == 1) print line[1]
      else for (i = 1; i <= NR; i++) {
        count = split(line[i], word, /[ \t\r]+/)
        for (k = 1; k <= count; k++) if (length(word[k]) >= 16) print word[k]
      }
    }'
}

# Prints a file as a JSON string.
homeport_json() {
  LC_ALL=C awk 'BEGIN { printf "\"" }
    { gsub(/\\/, "&&"); gsub(/"/, "\\\""); gsub(/\t/, "\\t"); gsub(/\r/, "\\r"); gsub(/[\001-\037]/, "")
      printf "%s%s", (NR > 1 ? "\\n" : ""), $0 }
    END { printf "\"" }' "$1"
}

# Puts together the JSON that discovery reads, from one file per field.
homeport_render() {
  fields=$homeport_dir/fields/$1
  [ -f "$fields/kind" ] || return 0
  {
    printf '{"name":"%s","kind":%s' "$1" "$(homeport_json "$fields/kind")"
    if [ -f "$fields/port" ]; then printf ',"port":%s' "$(cat "$fields/port")"; fi
    if [ -f "$fields/path" ]; then printf ',"path":%s' "$(homeport_json "$fields/path")"; fi
    comma=
    for credential_file in "$fields"/credentials/*; do
      [ -f "$credential_file" ] || continue
      [ -n "$comma" ] || printf ',"credentials":{'
      printf '%s"%s":' "$comma" "${credential_file##*/}"
      homeport_json "$credential_file"
      comma=,
    done
    [ -z "$comma" ] || printf '}'
    printf '}\n'
  } | homeport_store "$homeport_dir/services/$1.json"
}

# service NAME KIND PORT [PATH] - PORT may be "-" for a service that listens on none.
service() {
  homeport_check_name "$1"
  case $3 in
  -) rm -f "$homeport_dir/fields/$1/port" ;;
  '' | *[!0-9]*) fail "Not a port: $3" ;;
  *) printf '%s\n' "$3" | homeport_store "$homeport_dir/fields/$1/port" ;;
  esac
  rm -f "$homeport_dir/fields/$1/path"
  if [ -n "${4:-}" ]; then printf '%s\n' "$4" | homeport_store "$homeport_dir/fields/$1/path"; fi
  printf '%s\n' "$2" | homeport_store "$homeport_dir/fields/$1/kind"
  homeport_render "$1"
  log "Service $1 ($2) registered."
}

# credential SERVICE KEY VALUE - printf is a shell builtin: the value never becomes an argument of a process.
credential() {
  homeport_check_name "$1"
  homeport_check_name "$2"
  case $2 in
  # These only name something; to mask them would make the output unreadable and protect nothing.
  user | username | login | name | database | db | host | port | email | path | public-key | endpoint) ;;
  *) printf '%s\n' "$3" | homeport_words | homeport_hide ;;
  esac
  printf '%s\n' "$3" | homeport_store "$homeport_dir/fields/$1/credentials/$2"
  homeport_render "$1"
}

# random_secret [LENGTH] - letters and digits, so that it needs no quoting anywhere. It is masked in every output.
random_secret() {
  secret=
  while [ "${#secret}" -lt "${1:-32}" ]; do
    secret=$secret$(head -c 256 /dev/urandom | LC_ALL=C tr -dc 'A-Za-z0-9')
  done
  printf "%.${1:-32}s\n" "$secret" | homeport_hide
  printf "%.${1:-32}s\n" "$secret"
}

# saved_secret NAME [LENGTH] - made at the first call, the same ever after.
saved_secret() {
  homeport_check_name "$1"
  if [ ! -s "$homeport_dir/secrets/$1" ]; then
    random_secret "${2:-32}" | homeport_store "$homeport_dir/secrets/$1"
  fi
  homeport_hide <"$homeport_dir/secrets/$1"
  cat "$homeport_dir/secrets/$1"
}

homeport_installed() {
  # shellcheck disable=SC2016
  [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

homeport_apt() {
  DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=600 -o Acquire::Retries=3 -o Dpkg::Use-Pty=0 \
    -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold "$@" </dev/null
}

# The lists' lock is not covered by DPkg::Lock::Timeout: a container's own first update may hold it.
homeport_update() {
  tries=1
  # Translated descriptions are a third of the download and of no use here.
  until homeport_apt -o APT::Update::Error-Mode=any -o Acquire::Languages=none update; do
    [ "$tries" -lt 5 ] || fail 'The package lists could not be read (no network, or no name server?).'
    warn "The package lists could not be read, trying again ($tries of 5)."
    tries=$((tries + 1))
    sleep 5
  done
}

# ensure_packages P… - installs what is missing, after finishing what an interrupted run may have left half done.
ensure_packages() {
  missing=
  for package in "$@"; do
    homeport_installed "$package" || missing="$missing $package"
  done
  if [ -z "$missing" ]; then
    log "Packages already installed: $*"
    return 0
  fi
  tries=1
  until DEBIAN_FRONTEND=noninteractive dpkg --configure -a --force-confdef --force-confold </dev/null; do
    [ "$tries" -lt 60 ] || fail 'dpkg stays locked by another program.'
    tries=$((tries + 1))
    sleep 5
  done
  if [ -z "$(find /var/lib/apt/lists -maxdepth 1 -name '*_Packages*' -mmin -60 2>/dev/null)" ]; then
    homeport_update
  fi
  log "Installing:$missing"
  # shellcheck disable=SC2086
  if ! homeport_apt install --no-install-recommends $missing; then
    warn 'Installing failed; trying once more with fresh package lists.'
    homeport_update
    # shellcheck disable=SC2086
    homeport_apt -f install --no-install-recommends $missing || fail "Could not install:$missing"
  fi
}

# wait_for_port PORT [SECONDS] - a listening TCP socket, seen by the kernel (state 0A in /proc/net/tcp), no tool needed.
wait_for_port() {
  hex=$(printf '%04X' "$1")
  waited=0
  until cat /proc/net/tcp /proc/net/tcp6 2>/dev/null | grep -q "^ *[0-9]*: [0-9A-F]*:$hex [0-9A-F:]* 0A "; do
    [ "$waited" -lt "${2:-30}" ] || fail "Nothing listens on port $1 after ${2:-30} seconds."
    waited=$((waited + 1))
    sleep 1
  done
}
