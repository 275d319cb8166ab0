# shellcheck shell=sh
# Read by every script here: the project's own folder, and its own tools before the machine's.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
cd "$root"
PATH="$root/node_modules/.bin:$PATH"
# What Node has compiled once, it need not compile at the next start.
NODE_COMPILE_CACHE=${NODE_COMPILE_CACHE:-$root/node_modules/.cache/node}
export PATH NODE_COMPILE_CACHE

say() { printf '%s\n' "$*" >&2; }
stop() {
  say "rill: $*"
  exit 1
}
