// Of the script: how it speaks, and how it looks at the host.
export const saying = `
bad=0
say() { printf '%s\\n' "$*"; }
wrong() { bad=1; say "wrong $*"; }
cannot() { say "cannot $*" >&2; exit 2; }

family_of() { case $1 in *:*) say 6 ;; *) say 4 ;; esac; }

# The value of a sysctl, written with slashes; nothing where there is none.
value() { if [ -r "/proc/sys/$1" ]; then cat "/proc/sys/$1"; fi; }

# The larger of all and the interface, as the kernel takes it.
effective() {
  all=$(value "net/ipv4/conf/all/$1")
  own=$(value "net/ipv4/conf/$2/$1")
  : "\${all:=0}" "\${own:=0}"
  if [ "$all" -ge "$own" ]; then say "$all"; else say "$own"; fi
}

# Each interface that has the address, and with which prefix.
holders() {
  ip -o "-$(family_of "$1")" addr show to "$1" 2>/dev/null | while read -r _ name _ prefix _; do say "$name $prefix"; done
}

is_up() { case $(ip -o link show dev "$1" 2>/dev/null) in *[\\<,]UP[,\\>]*) return 0 ;; *) return 1 ;; esac; }
`;
