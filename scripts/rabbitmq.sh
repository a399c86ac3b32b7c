#!/usr/bin/env bash
# A RabbitMQ broker of our own on loopback, without systemd.
#
#   scripts/rabbitmq.sh install          installs the broker from the system's packages when it is missing
#   scripts/rabbitmq.sh start DIR [PORT] starts it with all its files in DIR (default port 5672) and waits until it answers
#   scripts/rabbitmq.sh stop DIR         stops that one, and no other
set -euo pipefail

find_bin() {
  local dir
  for dir in /usr/lib/rabbitmq/lib/rabbitmq_server-*/sbin /usr/lib/rabbitmq/bin /opt/rabbitmq/sbin /usr/local/opt/rabbitmq/sbin /opt/homebrew/opt/rabbitmq/sbin; do
    [ -x "$dir/rabbitmq-server" ] && { echo "$dir"; return 0; }
  done
  return 1
}

install_broker() {
  find_bin >/dev/null && return 0
  if ! command -v apt-get >/dev/null; then
    echo "RabbitMQ is not installed and this system has no apt-get: install rabbitmq-server yourself, then try again." >&2
    exit 1
  fi
  local sudo=""
  [ "$(id -u)" = 0 ] || sudo="sudo"
  echo "Installing RabbitMQ (rabbitmq-server)..." >&2
  $sudo apt-get update -qq
  # The package starts a system-wide broker where it can; ours runs on its own port and files, so that one is not wanted.
  local policy=/usr/sbin/policy-rc.d made=""
  if [ ! -e "$policy" ]; then printf '#!/bin/sh\nexit 101\n' | $sudo tee "$policy" >/dev/null; $sudo chmod +x "$policy"; made=1; fi
  DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends rabbitmq-server >/dev/null || { [ -n "$made" ] && $sudo rm -f "$policy"; exit 1; }
  [ -n "$made" ] && $sudo rm -f "$policy"
  find_bin >/dev/null || { echo "rabbitmq-server was installed but can't be found." >&2; exit 1; }
}

environment() {
  local dir=$1 port=$2
  mkdir -p "$dir/home"
  export HOME="$dir/home"
  export RABBITMQ_NODENAME="search-$port@localhost" RABBITMQ_NODE_IP_ADDRESS=127.0.0.1 RABBITMQ_NODE_PORT="$port"
  export RABBITMQ_DIST_PORT=$((port + 20000)) ERL_EPMD_ADDRESS=127.0.0.1 ERL_EPMD_PORT=$((port + 10000))
  export RABBITMQ_MNESIA_BASE="$dir/mnesia" RABBITMQ_LOG_BASE="$dir/log" RABBITMQ_PID_FILE="$dir/pid"
  export RABBITMQ_ENABLED_PLUGINS_FILE="$dir/enabled_plugins" RABBITMQ_CONFIG_FILE="$dir/rabbitmq" RABBITMQ_CONF_ENV_FILE=/dev/null
  export RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS='-kernel inet_dist_use_interface {127,0,0,1}'
}

case "${1:-}" in
  install) install_broker ;;
  start)
    dir=$(mkdir -p "$2" && cd "$2" && pwd) port=${3:-5672}
    install_broker
    bin=$(find_bin)
    environment "$dir" "$port"
    echo "$port" > "$dir/port"
    echo "[]." > "$dir/enabled_plugins"
    printf 'listeners.tcp.local = 127.0.0.1:%s\nvm_memory_high_watermark.absolute = 1GB\ndisk_free_limit.absolute = 200MB\n' "$port" > "$dir/rabbitmq.conf"
    setsid "$bin/rabbitmq-server" > "$dir/out.log" 2>&1 &
    if ! { "$bin/rabbitmqctl" wait --timeout 90 "$dir/pid" && "$bin/rabbitmqctl" await_startup --timeout 90; } >"$dir/ctl.log" 2>&1; then
      echo "RabbitMQ did not start; the end of $dir/out.log:" >&2
      tail -20 "$dir/out.log" >&2
      exit 1
    fi ;;
  stop)
    dir=$(cd "$2" && pwd)
    [ -f "$dir/port" ] || exit 0
    bin=$(find_bin)
    environment "$dir" "$(cat "$dir/port")"
    "$bin/rabbitmqctl" stop "$dir/pid" >/dev/null 2>&1 || true
    epmd -port "$ERL_EPMD_PORT" -kill >/dev/null 2>&1 || true
    rm -f "$dir/port" ;;
  *) sed -n '2,7p' "$0" | sed 's/^# \{0,1\}//'; exit 2 ;;
esac
