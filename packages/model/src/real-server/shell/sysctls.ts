// Of the script: the sysctls that keep a host from announcing a VIP, and from dropping what comes out of a tunnel.
export const sysctls = `
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
  if [ "$now" != "$3" ]; then say "left $1: it is \${now:-gone} now, not $3"; return; fi
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
`;
