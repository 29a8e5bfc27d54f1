// Of the script: the VIPs of DR and TUN on lo.
export const addresses = `
vip() {
  if [ "$(family_of "$1")" = 6 ]; then bits=128; else bits=32; fi
  on=$(holders "$1")
  if [ "$mode" = apply ]; then apply_vip "$1" "$1/$bits" "$on"; else check_vip "$1" "$1/$bits" "$on"; fi
}

check_vip() {
  if [ -z "$3" ]; then wrong vip_missing "$1 is on no interface: this host drops what is sent to it"; return; fi
  while read -r name prefix; do
    [ "$prefix" = "$2" ] || wrong vip_prefix "$prefix on $name, must be $2: this host takes the rest of that network for its own"
    [ "$name" != "$link" ] || wrong vip_interface "$1 is on $name, which announces it: it belongs on lo"
  done <<END
$3
END
}

apply_vip() {
  right=
  others=
  while read -r name prefix; do
    if [ "$prefix" = "$2" ]; then right=$name; elif [ "$name" = lo ]; then others=$prefix; fi
  done <<END
$3
END
  if [ -n "$right" ]; then
    keep address "$2" = "$right"
  else
    keep address "$2" none lo
    ip addr add "$2" dev lo || cannot address "$2 cannot be added to lo"
    say "added $2 to lo"
  fi
  if [ -n "$others" ]; then
    keep replaced "$others" lo "$2"
    ip addr del "$others" dev lo || cannot address "$others cannot be taken off lo"
    say "took $others off lo"
  fi
}

undo_address() {
  if ! holders "\${1%/*}" | grep -qxF "$3 $1"; then say "left $1: it is not on $3 any more"; return; fi
  if ip addr del "$1" dev "$3"; then say "took $1 off $3"; else failed "$1"; fi
}

undo_replaced() {
  if holders "\${1%/*}" | grep -qxF "$2 $1"; then return; fi
  if ip addr add "$1" dev "$2"; then say "added $1 to $2 again"; else failed "$1"; fi
}
`;
