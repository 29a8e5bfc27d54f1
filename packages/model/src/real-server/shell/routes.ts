// Of the script: the way back by NAT, and what the MTU leaves for tunnels.
export const routes = `
# By documentation addresses (RFC 5737, RFC 3849): far away from every network.
far() { if [ "$family" = 6 ]; then say 2001:db8:ffff::1; else say 192.0.2.1; fi; }

via() {
  # shellcheck disable=SC2046
  set -- $(ip -o "-$family" route get "$1" from "$rip" 2>/dev/null)
  while [ $# -gt 1 ]; do
    if [ "$1" = via ]; then say "$2"; return; fi
    shift
  done
}

default_route() {
  gateway=$1
  now=$(via "$(far)")
  if [ "$now" = "$gateway" ]; then
    if [ "$mode" = apply ]; then keep route "$gateway" = "$gateway"; fi
  elif [ "$mode" = apply ]; then
    replace_route
  else
    wrong default_route "answers go via \${now:-nowhere}, must go via $gateway: only the director can change them back"
  fi
}

# Without metric: the one that the new one takes the place of. IPv6 keeps it and prefers the new one.
replace_route() {
  if [ "$family" = 6 ]; then
    keep route "$gateway" none 6
    ip -6 route add default via "$gateway" metric 1 || cannot route "no default route via $gateway"
  else
    old=$(ip -4 -o route show default | grep -v ' metric ' | head -n 1 | sed 's/ *$//' | tr ' ' ,)
    keep route "$gateway" "\${old:-none}" 4
    ip -4 route replace default via "$gateway" || cannot route "no default route via $gateway"
  fi
  say "set the default route via $gateway"
}

undo_route() {
  family=$3
  if [ "$(via "$(far)")" != "$1" ]; then say "left the default route: it does not go via $1 any more"; return; fi
  if [ "$2" = none ]; then
    if [ "$3" = 6 ]; then set -- "$1" "$2" "$3" metric 1; fi
    gateway=$1
    shift 3
    if ip "-$family" route del default via "$gateway" "$@"; then say "removed the default route via $gateway"; else failed 'the default route'; fi
  else
    # Its own words, with commas for blanks.
    # shellcheck disable=SC2046
    if ip -4 route replace $(say "$2" | tr , ' '); then say "returned the default route"; else failed 'the default route'; fi
  fi
}

# Those that talk to this host now, and those named behind check: a client that is reached without the gateway gets answers nobody changes back.
clients() {
  if [ "$mode" = apply ]; then return; fi
  set -f
  for client in $peers $(ss -H -n -t -a src "$rip" 2>/dev/null | while read -r _ _ _ _ peer _; do say "\${peer%:*}"; done | tr -d '[]' | sed 's/^::ffff://' | sort -u | head -n 1000); do
    case $client in '*' | 0.0.0.0 | :: | "$rip" | "$gateway") continue ;; esac
    if [ -n "$(ip -o route get "$client" from "$rip" 2>/dev/null)" ] && [ -z "$(via "$client")" ]; then
      wrong client_same_subnet "$client is reached without the director: it gets answers from $rip, not from the VIP"
    fi
  done
  set +f
}

# The director tells clients to send less, by ICMP that a firewall may drop.
mtu() {
  if [ "$mode" = apply ]; then return; fi
  # shellcheck disable=SC2046
  set -- "$1" $(ip -o link show dev "$link")
  overhead=$1
  while [ $# -gt 1 ] && [ "$1" != mtu ]; do shift; done
  say "note mtu $link has $2: of a director with the same, packets above $(($2 - overhead)) do not fit the tunnel, and it asks clients by ICMP to send less"
}
`;
