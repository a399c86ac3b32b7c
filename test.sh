#!/usr/bin/env bash
# Builds everything and runs all tests, units to browser. ./test.sh --help says how.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

usage() {
  cat <<'EOF'
Builds the solution and runs every test project; the last line is the sum: "N passed, N failed, N skipped".

  ./test.sh                 everything
  ./test.sh Ann Gateway     only the projects whose name has one of these words
  ./test.sh --no-install    do not install what some tests need (RabbitMQ, an S3 server, Chromium); those tests then skip and say so

Real photos and ImageNet weights are not part of the repository; tests that need them look in the folder named by SEARCH_SHARED_DIR, or in
"shared" beside the repository, and skip when there is none. Results and logs are in artifacts/tests.
EOF
}

install=1 words=()
for argument in "$@"; do
  case "$argument" in
    --no-install) install="" ;;
    -h|--help) usage; exit 0 ;;
    -*) echo "test.sh does not know '$argument'." >&2; usage >&2; exit 2 ;;
    *) words+=("$argument") ;;
  esac
done

command -v dotnet >/dev/null || { echo "The .NET 10 SDK is needed: https://dotnet.microsoft.com/download" >&2; exit 1; }
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

# Only where it can be done without asking anybody: as root, or with sudo that needs no password.
if [ -n "$install" ] && command -v apt-get >/dev/null && { [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }; then
  sudo=""; [ "$(id -u)" = 0 ] || sudo="sudo -n"
  if ! command -v chromium >/dev/null && ! command -v google-chrome >/dev/null; then
    echo "Installing Chromium for the browser tests…"
    $sudo apt-get update -qq && DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq --no-install-recommends chromium >/dev/null || echo "Chromium can't be installed; the browser tests will skip." >&2
  fi
  scripts/rabbitmq.sh install || echo "RabbitMQ can't be installed; the tests over a real broker will skip." >&2
  scripts/s3.sh install || echo "No S3 server can be installed; the tests over a real one will skip." >&2
fi

out=artifacts/tests
rm -rf "$out"; mkdir -p "$out"

echo "Building…"
# The end-to-end tests start the services as users do, so those are built as users build them.
for build in "Search.sln" "services/standalone/Search.Standalone -c Release" "tools/Search.Cli -c Release"; do
  # shellcheck disable=SC2086
  dotnet build $build --nologo -v quiet > "$out/build.log" 2>&1 || { cat "$out/build.log"; echo "The build failed."; echo "0 passed, 1 failed, 0 skipped"; exit 1; }
done

passed=0 failed=0 skipped=0 broken=() names=()

# run NAME PROJECT [VARIABLE=VALUE...]: one test program; its summary line is added up.
run() {
  local name=$1 project=$2 log="$out/$1.log" started=$SECONDS line total bad skip
  shift 2
  env "$@" timeout --kill-after=10 900 dotnet "tests/$project/bin/Debug/net10.0/$project.dll" -noColor > "$log" 2>&1
  local status=$?
  line=$(grep -E 'Total: [0-9]+, Errors: [0-9]+, Failed: [0-9]+, Skipped: [0-9]+' "$log" | tail -1)
  if [ -z "$line" ]; then
    failed=$((failed + 1)); broken+=("$name")
    echo "FAIL  $name ended without a summary (status $status); the end of its log:"; tail -20 "$log"
    return
  fi
  number() { echo "$line" | sed -E "s/.*$1: ([0-9]+).*/\1/"; }
  total=$(number Total); bad=$(( $(number Errors) + $(number Failed) )); skip=$(number Skipped)
  passed=$((passed + total - $(number Failed) - skip)); failed=$((failed + bad)); skipped=$((skipped + skip))
  # A crash after the summary is a failure, too.
  if [ "$bad" -eq 0 ] && [ "$status" -ne 0 ]; then bad=1; failed=$((failed + 1)); fi
  if [ "$bad" -gt 0 ]; then
    broken+=("$name"); echo "FAIL  $name: $bad of $total failed in $((SECONDS - started)) s"
    grep -A 12 '\[FAIL\]' "$log" | cut -c 1-400
    mapfile -t -O "${#names[@]}" names < <(grep '\[FAIL\]' "$log" | cut -c 1-200)
  else
    echo "ok    $name: $((total - skip)) passed, $skip skipped in $((SECONDS - started)) s"
  fi
}

wanted() {
  [ ${#words[@]} -eq 0 ] && return 0
  local word
  for word in "${words[@]}"; do [[ "$1" == *"$word"* ]] && return 0; done
  return 1
}

for folder in tests/*.Tests; do
  project=$(basename "$folder")
  wanted "$project" || continue
  run "$project" "$project"
done

# The fast paths' slow twins, run for real: the same claims without AVX2, and without any SIMD.
for project in Search.Vectors.Tests; do
  wanted "$project" || continue
  run "$project.no-avx2" "$project" DOTNET_EnableAVX2=0
  run "$project.no-simd" "$project" DOTNET_EnableHWIntrinsic=0
done

if [ "$skipped" -gt 0 ]; then
  echo "Skipped, and why:"
  grep -h -A 1 '\[SKIP\]' "$out"/*.log | grep -v -e '\[SKIP\]' -e '^--' | sed 's/^ */  /' | sort | uniq -c
fi
[ ${#broken[@]} -eq 0 ] || { echo "Failed: ${broken[*]}"; printf '%s\n' "${names[@]}"; }
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
