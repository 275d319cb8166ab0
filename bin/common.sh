# shellcheck shell=sh
# Read by every script here: the project's own folder, and its own tools before the machine's.
set -eu
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
cd "$root"
PATH="$root/node_modules/.bin:$PATH"
export PATH

say() { printf '%s\n' "$*" >&2; }
stop() {
  say "rill: $*"
  exit 1
}
