#!/usr/bin/env bash
# An S3 server of our own on loopback: Ceph's gateway over one monitor and one store in memory, without systemd. For tests and for trying S3 by hand;
# everything in it is gone when it stops.
#
#   scripts/s3.sh install          installs Ceph from the system's packages when it is missing (70 MB)
#   scripts/s3.sh start DIR [PORT] starts it with all its files in DIR (default port 9000), waits until it answers and makes the bucket "search";
#                                  access key search-access, secret key search-secret
#   scripts/s3.sh stop DIR         stops that one, and no other
set -euo pipefail

access=search-access secret=search-secret bucket=search

installed() {
  local program
  for program in ceph ceph-mon ceph-osd monmaptool radosgw radosgw-admin curl; do command -v "$program" >/dev/null || return 1; done
}

install_server() {
  installed && return 0
  if ! command -v apt-get >/dev/null; then
    echo "Ceph is not installed and this system has no apt-get: install its monitor, OSD and radosgw yourself, then try again." >&2
    exit 1
  fi
  local sudo=""
  [ "$(id -u)" = 0 ] || sudo="sudo"
  echo "Installing an S3 server (radosgw)..." >&2
  $sudo apt-get update -qq
  DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends radosgw ceph-mon ceph-osd ceph-common curl >/dev/null
  installed || { echo "radosgw was installed but can't be found." >&2; exit 1; }
}

# wait_for SECONDS COMMAND...: until it succeeds.
wait_for() {
  local until=$((SECONDS + $1))
  shift
  until "$@" >/dev/null 2>&1; do
    [ "$SECONDS" -lt "$until" ] || { echo "The S3 server did not start; see the logs in $dir. Waited for: $*" >&2; return 1; }
    sleep 0.2
  done
}

# launch NAME COMMAND...: in the background and in a session of its own, its number in DIR/NAME.pid.
launch() {
  local name=$1
  shift
  setsid "$@" > "$dir/$name.log" 2>&1 < /dev/null &
  echo $! > "$dir/$name.pid"
}

osd_is_up() { ceph "${conf[@]}" --connect-timeout 5 osd stat | grep -q '1 up'; }

make_bucket() {
  local status
  status=$(curl -s -o /dev/null -w '%{http_code}' --max-time 10 --aws-sigv4 "aws:amz:us-east-1:s3" --user "$access:$secret" -H "x-amz-content-sha256: UNSIGNED-PAYLOAD" -X PUT "http://127.0.0.1:$port/$bucket")
  [ "$status" = 200 ]
}

start_server() {
  conf=(-c "$dir/ceph.conf")
  # What an earlier server left here is of no use without its memory.
  rm -rf "$dir/mon" "$dir/osd" "$dir/run" "$dir/monmap"
  mkdir -p "$dir/mon" "$dir/osd" "$dir/run"
  # Nobody else reaches loopback, so the daemons do without keys of their own; S3 requests are signed and checked all the same.
  cat > "$dir/ceph.conf" <<EOF
[global]
fsid = $(cat /proc/sys/kernel/random/uuid)
mon host = [v2:127.0.0.1:$((port + 20000))]
ms bind msgr1 = false
ms bind ipv6 = false
auth cluster required = none
auth service required = none
auth client required = none
# Without keys nothing can be encrypted; the gateway would wait for it for ever.
ms mon client mode = crc
public addr = 127.0.0.1
cluster addr = 127.0.0.1
run dir = $dir/run
admin socket = $dir/run/\$name.asok
log file =
mon data = $dir/mon/\$id
mon data avail crit = 0
mon allow pool size one = true
osd data = $dir/osd/\$id
osd objectstore = memstore
memstore device bytes = 1073741824
osd memory target = 939524096
osd crush chooseleaf type = 0
osd pool default size = 1
osd pool default min size = 1
osd pool default pg num = 1
osd pool default pg autoscale mode = off
[client.rgw.search]
rgw frontends = beast endpoint=127.0.0.1:$port
rgw enable apis = s3, admin
rgw run sync thread = false
EOF
  monmaptool --create --fsid "$(sed -n 's/^fsid = //p' "$dir/ceph.conf")" --addv a "[v2:127.0.0.1:$((port + 20000))]" "$dir/monmap" > "$dir/setup.log" 2>&1
  ceph-mon "${conf[@]}" --mkfs -i a --monmap "$dir/monmap" >> "$dir/setup.log" 2>&1
  launch mon ceph-mon "${conf[@]}" -i a -f
  wait_for 30 ceph "${conf[@]}" --connect-timeout 5 -s
  local id uuid
  uuid=$(cat /proc/sys/kernel/random/uuid)
  id=$(ceph "${conf[@]}" osd new "$uuid" 2>> "$dir/setup.log")
  mkdir -p "$dir/osd/$id"
  ceph-osd "${conf[@]}" -i "$id" --mkfs --osd-uuid "$uuid" >> "$dir/setup.log" 2>&1
  launch osd ceph-osd "${conf[@]}" -i "$id" -f
  wait_for 60 osd_is_up
  launch gateway radosgw "${conf[@]}" -n client.rgw.search -f
  wait_for 120 curl -s -o /dev/null --max-time 5 "http://127.0.0.1:$port/"
  radosgw-admin "${conf[@]}" user create --uid=search --display-name=search --access-key="$access" --secret="$secret" >> "$dir/setup.log" 2>&1
  wait_for 30 make_bucket
}

stop_server() {
  local name pid
  for name in gateway osd mon; do
    [ -f "$dir/$name.pid" ] || continue
    pid=$(cat "$dir/$name.pid")
    kill "$pid" 2>/dev/null || true
    for _ in $(seq 25); do kill -0 "$pid" 2>/dev/null || break; sleep 0.2; done
    kill -9 "$pid" 2>/dev/null || true
    rm -f "$dir/$name.pid"
  done
}

case "${1:-}" in
  install) install_server ;;
  start)
    dir=$(mkdir -p "$2" && cd "$2" && pwd) port=${3:-9000}
    install_server
    trap '[ $? = 0 ] || stop_server' EXIT
    start_server ;;
  stop)
    dir=$(cd "$2" && pwd)
    stop_server ;;
  *) sed -n '2,9p' "$0" | sed 's/^# \{0,1\}//'; exit 2 ;;
esac
