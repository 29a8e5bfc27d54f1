// Of the script: what it changed and what it relies on, one line each (kind, key, old, new), written before the change. "=" is: it was right before.
export const record = `
keep() {
  (umask 077 && mkdir -p "$state") || cannot record "no folder $state"
  if grep -qsF "$1 $2 " "$record"; then return; fi
  (umask 077 && say "$1 $2 $3 $4" >>"$record") || cannot record "$record cannot be written"
}

# Another cluster's record that relies on the same.
also_needed() {
  for other in "$state"/real-server-*; do
    if [ "$other" != "$record" ] && grep -qsF "$1 $2 " "$other"; then say "$other"; return; fi
  done
}

# What was right before stays; what another cluster relies on is left, and becomes that one's to return.
is_ours() {
  if [ "$3" = '=' ]; then return 1; fi
  other=$(also_needed "$1" "$2")
  if [ -z "$other" ]; then return 0; fi
  say "$1 $2 $3 $4" >>"$other"
  say "left $2: $other needs it"
  return 1
}

undo_each() {
  while read -r kind key old new; do
    if [ "$kind" = "$1" ] && is_ours "$kind" "$key" "$old" "$new"; then "undo_$1" "$key" "$old" "$new"; fi
  done <"$record"
}

failed() { bad=1; say "failed to return $1"; }

# The VIP goes before the sysctls that keep it from being announced.
undo() {
  if [ ! -e "$record" ]; then say 'ok nothing to undo'; return; fi
  for kind_of in address replaced route up device gue sysctl; do undo_each "$kind_of"; done
  if [ "$bad" = 0 ]; then rm -f "$record"; say 'ok undone'; fi
}
`;
