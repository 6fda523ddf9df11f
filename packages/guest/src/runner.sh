#!/bin/sh
# Homeport's hands inside a container: every verb may be called twice, or cut off at any instant, and do no harm.
# POSIX sh only (dash, busybox). HOMEPORT_ROOT prefixes every path and is set by tests alone.
set -u
umask 022

root=${HOMEPORT_ROOT:-}
state_dir=$root/var/lib/homeport
units=$state_dir/units

# How long a started unit may take to announce its process before it is given up (and can never run any more).
CLAIM_SECONDS=10
STOP_SECONDS=10
# What is kept of a unit's output, in blocks of 512 bytes (64 MiB): it must not fill the container's disk.
KEPT_BLOCKS=${HOMEPORT_KEPT_BLOCKS:-131072}

die() { # code text
  printf '%s\n' "$2" >&2
  exit "$1"
}

short_sleep() { sleep 0.2 2>/dev/null || sleep 1; }

sha256_of() { sha256sum <"$1" | cut -d ' ' -f 1; }

has_systemd() { [ -d /run/systemd/system ] && [ -z "$root" ]; }

# Makes a directory and its parents; what is Homeport's own is closed to everybody but root.
make_dir() {
  case $1 in
  "$state_dir" | "$state_dir"/* | "$root"/usr/local/lib/homeport*) (umask 077 && mkdir -p "$1") ;;
  *) mkdir -p "$1" ;;
  esac
}

# ---- put <target> <sha256> <mode> <owner:group> <REPLACE|DEFAULT|BACKUP>

put() {
  [ $# -eq 5 ] || die 64 'usage: put <target> <sha256> <mode> <owner:group> <REPLACE|DEFAULT|BACKUP>'
  case $1 in /*) ;; *) die 64 "The target must be an absolute path: $1" ;; esac
  case $5 in REPLACE | DEFAULT | BACKUP) ;; *) die 64 "Unknown policy: $5" ;; esac
  target=$root$1 sha=$2 mode=$3 owner=$4 policy=$5
  [ ! -d "$target" ] || die 73 "A directory is in the way: $1"
  parent=${target%/*}
  make_dir "${parent:-/}" || die 73 "Could not make the directory of $1"

  temp=$parent/.homeport-put.$$
  trap 'rm -f "$temp"' EXIT
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 143' TERM
  (umask 077 && cat >"$temp") || die 74 "Could not write $1 (is the disk full?)"
  [ "$(sha256_of "$temp")" = "$sha" ] || die 65 "The content of $1 arrived damaged: its checksum differs."

  answer=written
  if [ -e "$target" ]; then
    old=$(sha256_of "$target")
    if [ "$old" = "$sha" ]; then
      answer=same
    elif [ "$policy" = DEFAULT ]; then
      echo kept
      return
    elif [ "$policy" = BACKUP ]; then
      # Named by its content, so that a put that was cut off does not back up twice.
      backup=$target.homeport-$(printf '%.12s' "$old")
      if [ ! -e "$backup" ]; then
        cp -p "$target" "$temp.old" && mv "$temp.old" "$backup" || die 74 "Could not back up $1"
      fi
      answer="backed-up ${backup#"$root"}"
    fi
  fi
  if [ "$answer" = same ]; then
    chown "$owner" "$target" && chmod "$mode" "$target" || die 77 "Could not set owner $owner and mode $mode of $1"
  else
    chown "$owner" "$temp" && chmod "$mode" "$temp" || die 77 "Could not set owner $owner and mode $mode of $1"
    sync "$temp" 2>/dev/null || true
    mv -f "$temp" "$target" || die 74 "Could not write $1"
  fi
  printf '%s\n' "$answer"
}

# ---- units

unit_dir() { # sets $unit and $dir
  case ${1:-} in
  '' | .* | -* | *[!A-Za-z0-9_.@-]*) die 64 "Not a unit name: ${1:-}" ;;
  esac
  unit=$1 dir=$units/$1
}

now() { date +%s; }

# "pid starttime": a pid alone may be somebody else's by now. With $2, nothing for the dead that are not yet reaped.
birth_of() {
  line=''
  { read -r line <"/proc/$1/stat"; } 2>/dev/null || return 1
  pid=$1 living=${2:-}
  # The process name may hold blanks and brackets; what follows the last ")" is regular (proc(5)).
  # shellcheck disable=SC2086
  set -- ${line##*) }
  case $living$1 in livingZ | livingX) return 1 ;; esac
  printf '%s %s\n' "$pid" "${20}"
}

# "pid starttime boot"
identity() {
  boot=''
  { read -r boot </proc/sys/kernel/random/boot_id; } 2>/dev/null || boot=unknown
  birth=$(birth_of "$1" living) && printf '%s %s\n' "$birth" "$boot"
}

alive() {
  saved=''
  { read -r saved <"$dir/pid"; } 2>/dev/null || return 1
  [ "$(identity "${saved%% *}")" = "$saved" ]
}

# Exactly one of the unit itself and a follower that gave it up can take this name: link(2) is atomic.
claim() { # text
  printf '%s\n' "$1" >"$dir/pid.$$"
  ln "$dir/pid.$$" "$dir/pid" 2>/dev/null
  claimed=$?
  rm -f "$dir/pid.$$"
  return "$claimed"
}

# The living processes of a unit's session, and their descendants. The kernel gives a pid to nobody else while a
# session bears its number; so a different process with that pid means that nothing of ours is left.
members() {
  saved=''
  { read -r saved <"$dir/pid"; } 2>/dev/null || return 0
  [ "${saved##* }" = "$(cat /proc/sys/kernel/random/boot_id 2>/dev/null || echo unknown)" ] || return 0
  # None: it is gone, also when it went this moment; its children may not be yet.
  born=$(birth_of "${saved%% *}") || born=''
  [ -z "$born" ] || [ "$born" = "${saved% *}" ] || return 0
  cat /proc/[0-9]*/stat 2>/dev/null | awk -v root="${saved%% *}" '
    { pid = $1; sub(/^.*\) /, ""); state[pid] = $1; parent[pid] = $2; session[pid] = $4 }
    END {
      for (pid in state) {
        if (state[pid] == "Z" || state[pid] == "X") continue
        for (p = pid; p in state; p = parent[p])
          if (p == root || session[p] == root) { print pid; break }
      }
    }'
}

# Whether the container was restarted since the unit began: its first process is another one (the boot id is the host's).
restarted() {
  saved=''
  { read -r saved <"$dir/init"; } 2>/dev/null || return 1
  [ "$(birth_of 1)" != "$saved" ]
}

# Sets $state and $code. The exit code is looked for twice: it may be written between the two looks.
look() {
  state=absent code=''
  [ -d "$dir/started" ] || return 0
  state=running
  if [ ! -e "$dir/exit" ]; then
    if [ ! -e "$dir/pid" ]; then
      # Between "started" and the first breath of the unit; if that never comes, make sure that it cannot come late.
      [ $(($(now) - $(stat -c %Y "$dir/started"))) -ge "$CLAIM_SECONDS" ] || return 0
      claim '0 0 never' || return 0
      state=interrupted
      return 0
    fi
    alive && return 0
    if [ ! -e "$dir/exit" ]; then
      [ -z "$(members)" ] && state=interrupted
      return 0
    fi
  fi
  { read -r code <"$dir/exit"; } 2>/dev/null
  state=exited
}

start() {
  [ $# -eq 1 ] || die 64 'usage: start <unit>'
  unit_dir "$1"
  [ -f "$dir/script" ] && [ -f "$dir/env" ] || die 66 "The unit $unit has no script or no env."
  if ! mkdir "$dir/started" 2>/dev/null; then
    echo already
    return
  fi
  chmod 700 "$dir"
  : >>"$dir/output"
  birth_of 1 >"$dir/init"
  if has_systemd; then
    # OOMPolicy=continue: a killed child must end as its exit code, not take the one who records it along.
    systemd-run --quiet --collect --unit="$unit" --property=OOMPolicy=continue \
      --property="TimeoutStopSec=$STOP_SECONDS" /bin/sh "$0" run "$unit" >&2 || die 70 "systemd did not start $unit."
  else
    setsid /bin/sh "$0" run "$unit" </dev/null >/dev/null 2>&1 &
  fi
  until=$(($(now) + CLAIM_SECONDS))
  while [ ! -e "$dir/pid" ] && [ "$(now)" -lt "$until" ]; do short_sleep; done
  echo started
}

# Keeps the beginning of what comes through the pipe and counts the rest, so that a script that never ends to talk is neither
# stopped nor blocked. `cat` writes what it reads at once, and the kernel ends it at its limit (SIGXFSZ), to the byte.
keep() {
  exec 4<"$dir/pipe" # While this is open, no writer meets a broken pipe.
  (
    ulimit -c 0
    ulimit -f "$KEPT_BLOCKS"
    exec cat
  ) <&4 >>"$dir/output" 2>/dev/null &
  echo "$!" >"$dir/keeper"
  wait "$!"
  [ $(($(file_size "$dir/output") / 512)) -ge "$KEPT_BLOCKS" ] || return 0
  : >"$dir/dropped"
  wc -c <&4 >"$dir/dropped.new"
  mv "$dir/dropped.new" "$dir/dropped"
}

# Everything that the script has written is in the file once the keeper has ended or sleeps: a write to a pipe wakes its reader
# before it returns. What the script left running may hold the pipe open for ever, and is not waited for.
drain() {
  [ -p "$dir/pipe" ] || return 0
  until=$(($(now) + CLAIM_SECONDS))
  while [ ! -s "$dir/keeper" ] && [ "$(now)" -lt "$until" ]; do short_sleep; done
  read -r keeper <"$dir/keeper" || return 0
  until=$(($(now) + 2))
  while :; do
    line=''
    { read -r line <"/proc/$keeper/stat"; } 2>/dev/null || break
    # shellcheck disable=SC2086
    set -- ${line##*) }
    case $1 in Z | X) break ;; S) return 0 ;; esac
    short_sleep
  done
  # It ended at its limit: the count comes as soon as nobody writes any more.
  while [ -e "$dir/dropped" ] && [ ! -s "$dir/dropped" ] && [ "$(now)" -lt "$until" ]; do short_sleep; done
}

# Runs in the unit's own process. Not for callers.
run() {
  unit_dir "$1"
  claim "$(identity $$)" || exit 0
  if mkfifo -m 600 "$dir/pipe" 2>/dev/null; then
    keep </dev/null >/dev/null 2>&1 &
    exec </dev/null >"$dir/pipe" 2>&1
  else
    exec </dev/null >>"$dir/output" 2>&1
  fi
  cd / || exit 1
  first=''
  IFS= read -r first <"$dir/script" || true
  (
    export HOME=/root LANG=C.UTF-8 PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
    while IFS= read -r pair || [ -n "$pair" ]; do
      # shellcheck disable=SC2163
      case $pair in [A-Za-z_]*=*) export "$pair" ;; esac
    done <"$dir/env"
    case $first in
    '#!'*) chmod 700 "$dir/script" && exec "$dir/script" ;;
    *) exec /bin/sh "$dir/script" ;;
    esac
  )
  code=$?
  # A unit that was told to stop is interrupted, whatever its last child said.
  [ -e "$dir/stopping" ] && exit 0
  exec >/dev/null 2>&1
  drain
  printf '%s\n' "$code" >"$dir/exit.new"
  mv "$dir/exit.new" "$dir/exit"
}

file_size() {
  if [ -f "$1" ]; then wc -c <"$1" | tr -d ' '; else echo 0; fi
}

follow() {
  [ $# -eq 4 ] || die 64 'usage: follow <unit> <offset> <maxBytes> <waitSeconds>'
  unit_dir "$1"
  until=$(($(now) + $4))
  while :; do
    # State first: what a finished unit has written is then all there.
    look
    size=$(file_size "$dir/output")
    [ "$state" = running ] && [ "$size" -le "$2" ] && [ "$(now)" -lt "$until" ] || break
    short_sleep
  done
  dropped='' again=false
  { read -r dropped <"$dir/dropped"; } 2>/dev/null || true
  if [ "$state" = interrupted ] && restarted; then again=true; fi
  # The secrets after the size: whatever is in those bytes was hidden before it was written.
  printf '{"state":"%s"%s,"size":%d,"dropped":%d,"restarted":%s,"secrets":%d}\n' "$state" "${code:+,\"exit\":$code}" "$size" \
    "${dropped:-0}" "$again" "$(file_size "$state_dir/hidden")"
  count=$((size - $2))
  [ "$count" -le "$3" ] || count=$3
  [ "$count" -gt 0 ] || return 0
  tail -c +"$(($2 + 1))" "$dir/output" | head -c "$count"
}

# What must not be shown of this container's output: the values that helpers made or were told, a line each. For the eyes of the caller.
secrets() {
  [ $# -eq 0 ] || die 64 'usage: secrets'
  cat "$state_dir/hidden" 2>/dev/null || true
}

# How many warnings a unit gave in all that is kept of it.
warnings() {
  [ $# -eq 1 ] || die 64 'usage: warnings <unit>'
  unit_dir "$1"
  grep -ac '^WARN: ' "$dir/output" 2>/dev/null || true
}

stop() {
  [ $# -eq 1 ] || die 64 'usage: stop <unit>'
  unit_dir "$1"
  if [ ! -d "$dir/started" ] || [ -e "$dir/exit" ]; then
    echo stopped
    return
  fi
  : >"$dir/stopping"
  claim '0 0 never' || true
  if has_systemd; then systemctl stop "$unit.service" 2>/dev/null || true; fi
  until=$(($(now) + STOP_SECONDS)) signal=TERM
  left=$(members)
  while [ -n "$left" ]; do
    # shellcheck disable=SC2086
    kill "-$signal" $left 2>/dev/null
    short_sleep
    [ "$(now)" -lt "$until" ] || signal=KILL
    left=$(members)
  done
  echo stopped
}

# ---- ready <waitSeconds>

system_state() {
  if [ "$(cat /proc/1/comm 2>/dev/null)" != systemd ]; then
    echo none
    return
  fi
  case $(systemctl is-system-running 2>/dev/null) in
  running) echo running ;;
  degraded) echo degraded ;;
  *) echo starting ;;
  esac
}

addresses() { # IPv4 first, as JSON
  ip -o addr show scope global 2>/dev/null | awk '
    /tentative|deprecated/ { next }
    { split($4, part, "/") }
    $3 == "inet" { four = four ",\"" part[1] "\"" }
    $3 == "inet6" { six = six ",\"" part[1] "\"" }
    END { print "[" substr(four six, 2) "]" }'
}

ready() {
  [ $# -eq 1 ] || die 64 'usage: ready <waitSeconds>'
  until=$(($(now) + $1))
  while :; do
    system=$(system_state)
    address=$(addresses)
    { [ "$system" = starting ] || [ "${address:-[]}" = '[]' ]; } && [ "$(now)" -lt "$until" ] || break
    short_sleep
  done
  printf '{"system":"%s","address":%s}\n' "$system" "${address:-[]}"
}

# ---- discover

listening() {
  ss -H -tulnp 2>/dev/null | awk '
    {
      port = $5; sub(/^.*:/, "", port)
      address = $5; sub(/:[^:]*$/, "", address); gsub(/[][]/, "", address); sub(/%.*$/, "", address)
      if (address == "*") address = "::"
      process = ""
      if (match($0, /\(\("[^"]*"/)) process = substr($0, RSTART + 3, RLENGTH - 4)
      gsub(/["\\]/, "", process)
      key = $1 " " port " " address
      if (port !~ /^[0-9]+$/ || key in seen) next
      seen[key] = 1
      printf "%s{\"proto\":\"%s\",\"port\":%s,\"address\":\"%s\"", comma, $1, port, address
      if (process != "") printf ",\"process\":\"%s\"", process
      printf "}"
      comma = ","
    }'
}

discover() {
  printf '{"services":['
  comma=''
  for file in "$state_dir"/services/*.json; do
    [ -s "$file" ] || continue
    printf '%s' "$comma"
    tr -d '\n' <"$file"
    comma=,
  done
  printf '],"listening":[%s]}\n' "$(listening)"
}

verb=${1:-}
[ $# -eq 0 ] || shift
case $verb in
put | start | run | follow | stop | warnings | secrets | ready | discover) "$verb" "$@" ;;
*) die 64 'usage: runner ready|put|start|follow|stop|warnings|secrets|discover …' ;;
esac
