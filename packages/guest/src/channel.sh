# Runs one command after another inside a container, as they come on standard input: `pct exec` is slow to begin.
# POSIX sh only (dash, busybox), given as the text of `sh -c` with a first line to print; channel.ts is the other end.
#
# A request is a line "MARK ARGUMENTS BYTES"; then for each argument a line with the number of its line breaks and its
# own lines; then as many bytes of standard input. `read` takes no byte more than its line, whatever the shell.
# The answer is what the command prints, followed on each stream by MARK, on standard output with the exit code.
lf='
'
printf '%s\n' "$1"
printf '%s\n' "$1" >&2
exact=''
dd bs=1 count=1 iflag=fullblock </dev/null >/dev/null 2>&1 && exact=yes

# Copies so many bytes and reads no further. A read of a pipe may be short, which POSIX's dd counts as a block.
take() {
  if [ -z "$exact" ]; then
    dd bs=1 count="$1"
  else
    [ "$1" -lt 65536 ] || dd bs=65536 count="$(($1 / 65536))" iflag=fullblock
    [ "$(($1 % 65536))" -eq 0 ] || dd bs="$(($1 % 65536))" count=1 iflag=fullblock
  fi 2>/dev/null
}

# As `pct exec` gives it: no shell's variables, no builtins.
run() {
  env -i "HOME=$HOME" "PATH=$PATH" "LANG=$LANG" "$@"
}

while IFS=' ' read -r mark arguments bytes; do
  [ "$arguments" -gt 0 ] && [ "$bytes" -ge 0 ] || exit 64
  set --
  while [ "$#" -lt "$arguments" ]; do
    read -r breaks && IFS= read -r argument || exit 64
    while [ "$breaks" -gt 0 ]; do
      IFS= read -r line || exit 64
      argument=$argument$lf$line
      breaks=$((breaks - 1))
    done
    set -- "$@" "$argument"
  done
  if [ "$bytes" -eq 0 ]; then
    run "$@" </dev/null
  else
    # What the command leaves unread is not the next request.
    take "$bytes" | {
      run "$@"
      code=$?
      cat >/dev/null
      exit "$code"
    }
  fi
  code=$?
  printf '%s %d\n' "$mark" "$code"
  printf '%s\n' "$mark" >&2
done
