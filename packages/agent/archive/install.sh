#!/bin/sh
# Installs or updates weir-agent from this folder. Run as root. It starts nothing that did not run.
set -eu
cd "$(dirname "$0")"

fail() {
  echo "weir-agent is not installed: $1" >&2
  exit 1
}

[ "$(id -u)" = 0 ] || fail 'run this as root'
command -v node > /dev/null || fail 'it needs Node 20.19 or newer as node in the PATH of the system'
node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' \
  || fail "it needs Node 20.19 or newer, and this is $(node --version)"

getent passwd weir-agent > /dev/null \
  || useradd --system --user-group --no-create-home --home-dir /var/lib/weir-agent --shell /usr/sbin/nologin weir-agent
install -d -m 700 -o weir-agent -g weir-agent /var/lib/weir-agent

# Beside the old one first: a running agent keeps its files until it is restarted.
rm -rf /usr/local/lib/weir-agent.new
mkdir -p /usr/local/lib /usr/local/bin
cp -R lib /usr/local/lib/weir-agent.new
install -m 755 weir-check /usr/local/lib/weir-agent.new/weir-check
chown -R root:root /usr/local/lib/weir-agent.new
rm -rf /usr/local/lib/weir-agent
mv /usr/local/lib/weir-agent.new /usr/local/lib/weir-agent
install -m 755 weir-agent /usr/local/bin/weir-agent
for unit in weir-agent.service weir-check.socket weir-check@.service; do
  install -D -m 644 "$unit" "/etc/systemd/system/$unit"
done
install -d -m 755 /etc/weir-agent/checks.d
install -d -m 750 -g weir-agent /etc/weir-agent/certificates
install -D -m 644 modules-load.conf /etc/modules-load.d/weir-agent.conf
echo "weir-agent $(weir-agent --version) is installed."

if [ -d /run/systemd/system ]; then
  modprobe ip_vs || echo 'This kernel has no module ip_vs: the agent will forward as a proxy.' >&2
  systemctl daemon-reload
  if systemctl is-active --quiet weir-agent; then
    systemctl restart weir-agent
    echo 'It runs again; the kernel went on forwarding meanwhile.'
  else
    echo 'Start it, now and at every boot: systemctl enable --now weir-agent'
  fi
fi
