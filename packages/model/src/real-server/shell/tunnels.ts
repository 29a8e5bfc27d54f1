// Of the script: the interfaces that unwrap what TUN sends.
export const tunnels = `
# An interface of this type that takes what anybody sends to this host: one that is up, or the one of this name. Then: words of its description
# that must be there, or with ! must not.
unwrapper() {
  which=$1
  type=$2
  shift 2
  ip -o -d link show type "$type" 2>/dev/null | while read -r _ name rest; do
    name=\${name%:}
    name=\${name%%@*}
    if [ "$which" != up ]; then
      if [ "$name" != "$which" ]; then continue; fi
    elif ! is_up "$name"; then
      continue
    fi
    case $rest in *"remote any local any "* | *"remote any local $rip "*) ;; *) continue ;; esac
    for part; do
      case $part in
        !*) case $rest in *"\${part#!}"*) continue 2 ;; esac ;;
        *) case $rest in *"$part"*) ;; *) continue 2 ;; esac ;;
      esac
    done
    say "$name"
    break
  done
}

# Name, module, type, 4 where IPv4 comes out of it, words for unwrapper; after -- what makes one, unless the module does.
tunnel() {
  name=$1
  module=$2
  type=$3
  inside=$4
  shift 4
  words=
  while [ $# -gt 0 ] && [ "$1" != -- ]; do words="$words $1"; shift; done
  if [ $# -gt 0 ]; then shift; fi
  # The words are this script's own, without blanks or patterns.
  # shellcheck disable=SC2086
  there=$(unwrapper up "$type" $words)
  # shellcheck disable=SC2086
  if [ -z "$there" ] && is_made "$name" && [ -z "$(unwrapper "$name" "$type" $words)" ]; then
    wrong tunnel_other "$name is there, and takes nothing that the director wraps for $rip: rename it, or take it away"
    return
  fi
  if [ "$mode" = apply ] && [ -z "$there" ]; then
    make_tunnel "$@"
    there=$name
  elif [ "$mode" = apply ]; then
    keep up "$there" = up
    if [ $# -gt 0 ]; then keep device "$there" = "$type"; fi
  fi
  if [ -z "$there" ] && is_made "$name"; then
    wrong tunnel_down "$name is down: this host refuses what the director wraps"
  elif [ -z "$there" ]; then
    wrong tunnel_missing "no $type interface takes what the director wraps for $rip: $name is missing"
  elif [ "$inside" = 4 ]; then
    reverse_path "$there"
  fi
}

is_made() { ip -o link show dev "$1" >/dev/null 2>&1; }

make_tunnel() {
  if ! is_made "$name"; then modprobe "$module" 2>/dev/null || true; fi
  if ! is_made "$name"; then
    if [ $# -eq 0 ]; then cannot tunnel "this kernel has no $name (module $module)"; fi
    keep device "$name" none "$type"
    ip link add name "$name" type "$type" "$@" || cannot tunnel "$name cannot be made (module $module)"
    say "made $name"
  fi
  if ! is_up "$name"; then
    keep up "$name" down up
    ip link set dev "$name" up || cannot tunnel "$name cannot be switched on"
    say "switched $name on"
  fi
}

undo_up() {
  if ! is_up "$1"; then say "left $1: it is not up any more"; return; fi
  if ip link set dev "$1" down; then say "switched $1 off"; else failed "$1"; fi
}

undo_device() {
  if ! is_made "$1"; then say "left $1: it is gone"; return; fi
  if [ -z "$(unwrapper "$1" "$3")" ]; then say "left $1: it is another one by now"; return; fi
  if ip link del dev "$1"; then say "removed $1"; else failed "$1"; fi
}

# Of six's family.
has_gue() { ip fou show 2>/dev/null | grep -qE "^port $1 gue *$six *$"; }

# GUE comes by UDP, to a port that the kernel has to be told.
gue() {
  if [ "$family" = 6 ]; then six=-6; else six=; fi
  if has_gue "$1"; then
    if [ "$mode" = apply ]; then keep gue "$1" = "$family"; fi
  elif [ "$mode" = apply ]; then
    modprobe fou 2>/dev/null || true
    if [ -n "$six" ]; then modprobe fou6 2>/dev/null || true; fi
    keep gue "$1" none "$family"
    # shellcheck disable=SC2086
    ip fou add port "$1" gue $six || cannot gue "port $1 cannot be opened for GUE (module fou)"
    say "opened port $1 for GUE"
  else
    wrong gue_port "the kernel takes no GUE on port $1: this host refuses what the director wraps"
  fi
}

undo_gue() {
  if [ "$3" = 6 ]; then six=-6; else six=; fi
  if ! has_gue "$1"; then say "left GUE on port $1: it is gone, or another one by now"; return; fi
  # shellcheck disable=SC2086
  if ip fou del port "$1" $six; then say "closed port $1 for GUE"; else failed "GUE on port $1"; fi
}
`;
