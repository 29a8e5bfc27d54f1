#!/bin/sh
# Weir: real server rs-20 (192.168.8.20) of the cluster shop
#   web  tcp 192.168.8.200:80  dr
#
# sh weir-rs-rs-20.sh check [CLIENT...]   says what is wrong, one line each: wrong CODE ...
# sh weir-rs-rs-20.sh apply               sets it up until the next boot; what was there before is kept in /run/weir
# sh weir-rs-rs-20.sh undo                returns what apply changed and nobody changed since
# Ends with 0 when all is right, 1 when something is wrong, 2 when it cannot tell.
set -u
PATH=$PATH:/usr/sbin:/sbin
rip=192.168.8.20
family=4
state=/run/weir
record=$state/real-server-c-1-$rip

everything() {
  arp
  vip 192.168.8.200
}

bad=0
say() { printf '%s\n' "$*"; }
wrong() { bad=1; say "wrong $*"; }
cannot() { say "cannot $*" >&2; exit 2; }

family_of() { case $1 in *:*) say 6 ;; *) say 4 ;; esac; }

# The value of a sysctl, written with slashes; nothing where there is none.
value() { if [ -r "/proc/sys/$1" ]; then cat "/proc/sys/$1"; fi; }

# The larger of all and the interface, as the kernel takes it.
effective() {
  all=$(value "net/ipv4/conf/all/$1")
  own=$(value "net/ipv4/conf/$2/$1")
  : "${all:=0}" "${own:=0}"
  if [ "$all" -ge "$own" ]; then say "$all"; else say "$own"; fi
}

# Each interface that has the address, and with which prefix.
holders() {
  ip -o "-$(family_of "$1")" addr show to "$1" 2>/dev/null | while read -r _ name _ prefix _; do say "$name $prefix"; done
}

is_up() { case $(ip -o link show dev "$1" 2>/dev/null) in *[\<,]UP[,\>]*) return 0 ;; *) return 1 ;; esac; }

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

set_sysctl() {
  old=$(value "$1")
  if [ -z "$old" ]; then cannot sysctl "there is no /proc/sys/$1"; fi
  if [ "$old" = "$2" ]; then keep sysctl "$1" = "$2"; return; fi
  keep sysctl "$1" "$old" "$2"
  say "$2" >"/proc/sys/$1" || cannot sysctl "/proc/sys/$1 cannot be written"
  say "set $1 to $2, was $old"
}

undo_sysctl() {
  now=$(value "$1")
  if [ "$now" != "$3" ]; then say "left $1: it is ${now:-gone} now, not $3"; return; fi
  if say "$2" >"/proc/sys/$1"; then say "returned $1 to $2"; else failed "$1"; fi
}

is_arp_ignore() { case $(effective arp_ignore "$link") in 1 | 2) return 0 ;; *) return 1 ;; esac; }

# No answer to who-has VIP, and no question that names the VIP as its sender.
arp() {
  if [ "$mode" = apply ]; then
    if is_arp_ignore; then keep sysctl net/ipv4/conf/all/arp_ignore = "$(value net/ipv4/conf/all/arp_ignore)"; else set_sysctl net/ipv4/conf/all/arp_ignore 1; fi
    if ! is_arp_ignore; then set_sysctl "net/ipv4/conf/$link/arp_ignore" 1; fi
    if [ "$(effective arp_announce "$link")" = 2 ]; then
      keep sysctl net/ipv4/conf/all/arp_announce = "$(value net/ipv4/conf/all/arp_announce)"
    else
      set_sysctl net/ipv4/conf/all/arp_announce 2
    fi
  else
    is_arp_ignore || wrong arp_ignore "all and $link give $(effective arp_ignore "$link"), must be 1: this host answers ARP for the VIP"
    now=$(effective arp_announce "$link")
    [ "$now" = 2 ] || wrong arp_announce "all and $link give $now, must be 2: this host asks by ARP in the name of the VIP"
  fi
}

# Strict is 1; 0 and 2 are not.
reverse_path() {
  if [ "$(effective rp_filter "$1")" != 1 ]; then
    if [ "$mode" = apply ]; then keep sysctl "net/ipv4/conf/$1/rp_filter" = "$(value "net/ipv4/conf/$1/rp_filter")"; fi
    return
  fi
  if [ "$mode" = apply ]; then
    set_sysctl "net/ipv4/conf/$1/rp_filter" 2
  else
    wrong rp_filter "all and $1 give 1, must be 0 or 2: what comes out of the tunnel is dropped"
  fi
}

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
  if ! holders "${1%/*}" | grep -qxF "$3 $1"; then say "left $1: it is not on $3 any more"; return; fi
  if ip addr del "$1" dev "$3"; then say "took $1 off $3"; else failed "$1"; fi
}

undo_replaced() {
  if holders "${1%/*}" | grep -qxF "$2 $1"; then return; fi
  if ip addr add "$1" dev "$2"; then say "added $1 to $2 again"; else failed "$1"; fi
}

# An interface of this type that takes what anybody sends to this host: one that is up, or the one of this name. Then: words of its description
# that must be there, or with ! must not.
unwrapper() {
  which=$1
  type=$2
  shift 2
  ip -o -d link show type "$type" 2>/dev/null | while read -r _ name rest; do
    name=${name%:}
    name=${name%%@*}
    if [ "$which" != up ]; then
      if [ "$name" != "$which" ]; then continue; fi
    elif ! is_up "$name"; then
      continue
    fi
    case $rest in *"remote any local any "* | *"remote any local $rip "*) ;; *) continue ;; esac
    for part; do
      case $part in
        !*) case $rest in *"${part#!}"*) continue 2 ;; esac ;;
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
    wrong default_route "answers go via ${now:-nowhere}, must go via $gateway: only the director can change them back"
  fi
}

# Without metric: the one that the new one takes the place of. IPv6 keeps it and prefers the new one.
replace_route() {
  if [ "$family" = 6 ]; then
    keep route "$gateway" none 6
    ip -6 route add default via "$gateway" metric 1 || cannot route "no default route via $gateway"
  else
    old=$(ip -4 -o route show default | grep -v ' metric ' | head -n 1 | sed 's/ *$//' | tr ' ' ,)
    keep route "$gateway" "${old:-none}" 4
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
  for client in $peers $(ss -H -n -t -a src "$rip" 2>/dev/null | while read -r _ _ _ _ peer _; do say "${peer%:*}"; done | tr -d '[]' | sed 's/^::ffff://' | sort -u | head -n 1000); do
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

usage() { say "usage: sh $0 check [CLIENT...] | apply | undo" >&2; exit 2; }

find_link() {
  command -v ip >/dev/null || cannot tools 'no ip command (iproute2)'
  link=$(holders "$rip" | head -n 1)
  link=${link%% *}
  if [ -z "$link" ]; then cannot host "$rip is no address of this host"; fi
}

as_root() { if [ "$(id -u)" != 0 ]; then cannot rights "$mode needs root"; fi; }

if [ $# -eq 0 ]; then usage; fi
mode=$1
shift
peers=$*
case $mode in
  check)
    for peer in "$@"; do
      case $peer in *[!0-9a-fA-F.:]* | '') cannot client "$peer is no address" ;; esac
    done
    find_link
    everything
    ;;
  apply)
    as_root
    find_link
    everything
    mode=check
    everything
    ;;
  undo)
    as_root
    undo
    exit "$bad"
    ;;
  *) usage ;;
esac
if [ "$bad" = 0 ]; then say 'ok'; fi
exit "$bad"
