// Of the script: its commands.
export const main = `
usage() { say "usage: sh $0 check [CLIENT...] | apply | undo" >&2; exit 2; }

find_link() {
  command -v ip >/dev/null || cannot tools 'no ip command (iproute2)'
  link=$(holders "$rip" | head -n 1)
  link=\${link%% *}
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
`;
