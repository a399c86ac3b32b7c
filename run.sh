#!/usr/bin/env bash
# Starts the search suite on this machine. ./run.sh --help says how.
set -euo pipefail
from=$PWD
cd "$(dirname "${BASH_SOURCE[0]}")"

usage() {
  cat <<'EOF'
Starts the search suite and says where to look.

  ./run.sh                      one process on embedded parts, with the demo catalogue
  ./run.sh --catalog DIR        the same with your photos: DIR's sub-folders are categories. Run it again after a stop: it goes on
                                where it was, and never embeds the same bytes twice
  ./run.sh --distributed        every service as its own process over RabbitMQ (installed when missing); the same answers

Options
  --catalog DIR    folder of photos, or a folder with a catalogue.ndjson
  --distributed    one process a service
  --empty          start without the demo catalogue
  --training DIR   folder whose sub-folders training jobs may use (./search job start); also builds the trainer, half a gigabyte with torch
  --weights FILE   ImageNet weights that training jobs start from; a relative path is one below --training
  --port N         port of the page and the API on 127.0.0.1 (default 8080; --distributed also takes the next five)
  --data DIR       where everything is kept (default .run/demo, or .run/catalog-NAME-NUMBER for a catalogue)
  --api-key KEY    the key that the import uses, when keys are configured
  -h, --help       this text

Anything after -- goes to the services as settings, e.g.  ./run.sh -- --Embedding:ExecutionProvider cuda
Logs are in .run/logs; stop with Ctrl+C.
EOF
}

catalog="" distributed="" empty="" port=8080 data="" training="" weights="" settings=()
while [ $# -gt 0 ]; do
  case "$1" in
    --catalog) catalog=${2:?--catalog needs a folder}; shift 2 ;;
    --distributed) distributed=1; shift ;;
    --empty) empty=1; shift ;;
    --training) training=${2:?--training needs a folder}; shift 2 ;;
    --weights) weights=${2:?--weights needs a file}; shift 2 ;;
    --port) port=${2:?--port needs a number}; shift 2 ;;
    --data) data=${2:?--data needs a folder}; shift 2 ;;
    --api-key) export SEARCH_API_KEY=${2:?--api-key needs a key}; shift 2 ;;
    -h|--help) usage; exit 0 ;;
    --) shift; settings=("$@"); break ;;
    *) echo "run.sh does not know '$1'." >&2; usage >&2; exit 2 ;;
  esac
done
# What is relative is so to where the user stands.
for option in catalog training data; do
  case "${!option}" in ''|/*) ;; *) printf -v "$option" %s "$from/${!option}" ;; esac
done
case "$port" in ''|*[!0-9]*) echo "'$port' is not a port." >&2; exit 2 ;; esac

command -v dotnet >/dev/null || { echo "The .NET 10 SDK is needed: https://dotnet.microsoft.com/download" >&2; exit 1; }

if [ -n "$catalog" ]; then
  [ -d "$catalog" ] || { echo "There is no folder '$catalog'." >&2; exit 1; }
  catalog=$(cd "$catalog" && pwd)
  name=$(basename "$catalog" | tr -c 'A-Za-z0-9\n' '-')
  data=${data:-.run/catalog-$name-$(printf %s "$catalog" | cksum | cut -d' ' -f1)}
elif [ -z "$empty" ]; then
  catalog=$PWD/demo
  data=${data:-.run/demo}
else
  data=${data:-.run/empty}
fi
if [ -n "$training" ]; then
  [ -d "$training" ] || { echo "There is no folder '$training'." >&2; exit 1; }
  training=$(cd "$training" && pwd)
  case "$weights" in "") echo "--training needs --weights too: the ImageNet weights that jobs start from." >&2; exit 2 ;; /*) ;; *) weights=$training/$weights ;; esac
  [ -f "$weights" ] || { echo "There are no weights '$weights'." >&2; exit 1; }
elif [ -n "$weights" ]; then
  echo "--weights is for --training." >&2; exit 2
fi
mkdir -p "$data" .run/logs
data=$(cd "$data" && pwd)
url=http://127.0.0.1:$port

if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
  echo "Something listens on port $port already; stop it or choose another port with --port." >&2
  exit 1
fi

build() {
  dotnet build "$1" -c Release --nologo -v quiet > .run/logs/build.log 2>&1 || { cat .run/logs/build.log >&2; exit 1; }
}

program() { echo "services/$1/$2/bin/Release/net10.0/$2.dll"; }

echo "Building…"
if [ -n "$distributed" ]; then
  for project in services/gateway/Search.Gateway services/indexing/Search.Indexing services/embedding/Search.Embedding services/ann/Search.Ann services/rerank/Search.Rerank services/trainer/Search.TrainingJobs; do
    build "$project"
  done
else
  build services/standalone/Search.Standalone
fi
[ -z "$training" ] || build services/trainer/Search.Trainer
build tools/Search.Cli
cli() { dotnet tools/Search.Cli/bin/Release/net10.0/search.dll "$@" --url "$url"; }

pids=() broker=""
stop() {
  trap - EXIT INT TERM
  [ ${#pids[@]} -eq 0 ] || kill "${pids[@]}" 2>/dev/null || true
  [ ${#pids[@]} -eq 0 ] || wait "${pids[@]}" 2>/dev/null || true
  [ -z "$broker" ] || scripts/rabbitmq.sh stop "$broker" || true
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# start NAME PORT DLL SETTING...: one service in the background, its log in .run/logs.
start() {
  local name=$1 own_port=$2 dll=$3
  shift 3
  # setsid, where there is one: Ctrl+C reaches this script alone, which then ends the services in order.
  $(command -v setsid) dotnet "$dll" --urls "http://127.0.0.1:$own_port" --Data:Directory "$data" "$@" ${settings[@]+"${settings[@]}"} > ".run/logs/$name.log" 2>&1 &
  pids+=($!)
}

root=(); [ -z "$catalog" ] || root=(--Indexing:ImportRoot "$catalog")
jobs=(); [ -z "$training" ] || jobs=(--Training:Root "$training" --Training:Weights "$weights")
if [ -n "$distributed" ]; then
  broker=$PWD/.run/rabbitmq-$port
  broker_port=$((port % 20000 + 12000))
  echo "Starting RabbitMQ on 127.0.0.1:$broker_port…"
  scripts/rabbitmq.sh start "$broker" "$broker_port"
  bus=(--Messaging:Transport RabbitMq --Messaging:RabbitMq "amqp://guest:guest@127.0.0.1:$broker_port/")
  start indexing $((port + 1)) "$(program indexing Search.Indexing)" "${bus[@]}" ${root[@]+"${root[@]}"}
  start embedding $((port + 2)) "$(program embedding Search.Embedding)" "${bus[@]}"
  start ann $((port + 3)) "$(program ann Search.Ann)" "${bus[@]}"
  start rerank $((port + 4)) "$(program rerank Search.Rerank)" "${bus[@]}"
  start trainer $((port + 5)) "$(program trainer Search.TrainingJobs)" "${bus[@]}" ${jobs[@]+"${jobs[@]}"}
  start gateway "$port" "$(program gateway Search.Gateway)" "${bus[@]}" \
    --Gateway:Services:indexing "http://127.0.0.1:$((port + 1))" --Gateway:Services:embedding "http://127.0.0.1:$((port + 2))" \
    --Gateway:Services:ann "http://127.0.0.1:$((port + 3))" --Gateway:Services:rerank "http://127.0.0.1:$((port + 4))" \
    --Gateway:Services:trainer "http://127.0.0.1:$((port + 5))"
  for own_port in $((port + 1)) $((port + 2)) $((port + 3)) $((port + 4)) $((port + 5)); do
    dotnet tools/Search.Cli/bin/Release/net10.0/search.dll wait --url "http://127.0.0.1:$own_port"
  done
else
  start standalone "$port" "$(program standalone Search.Standalone)" ${root[@]+"${root[@]}"} ${jobs[@]+"${jobs[@]}"}
fi

if ! cli wait; then
  echo "The end of the logs in .run/logs:" >&2
  tail -n 5 .run/logs/*.log >&2
  exit 1
fi

cat <<EOF

  The page           $url
  The API, to read   $url/scalar
  State              $url/v1/status
  Logs               .run/logs

EOF

if [ -n "$catalog" ]; then
  if [ "$catalog" = "$PWD/demo" ]; then echo "Importing the demo catalogue; your own photos: ./run.sh --catalog DIR"; else echo "Importing $catalog"; fi
  cli import "$catalog" --by-path || echo "The import did not finish; the service runs on. ./run.sh with the same options tries again." >&2
  echo
fi
echo "Running. Ctrl+C stops it."

# Ends when the first service does: one that is missing must not go unnoticed.
wait -n "${pids[@]}" || true
echo "A service has ended; the end of the logs in .run/logs:" >&2
tail -n 5 .run/logs/*.log >&2
exit 1
