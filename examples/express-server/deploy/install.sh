#!/bin/sh
# Installs WasmForge's server on a plain Debian host, or brings it up to date. To be run as root in a clone of the
# repository; again after `git pull`. What was there before is kept beside it, and taken back when the new one does not
# come up.
#
#   deploy/install.sh [--root FOLDER]     --root installs below FOLDER and starts nothing
set -eu

main() {
  root=""
  while [ $# -gt 0 ]; do
    case "$1" in
      --root)
        root="${2:?--root needs a folder}"
        shift 2
        ;;
      *) fail "This is how: deploy/install.sh [--root FOLDER]" ;;
    esac
  done

  example=$(cd "$(dirname "$0")/.." && pwd)
  opt="$root/opt/wasmforge"
  etc="$root/etc/wasmforge"
  units="$root/etc/systemd/system"
  release="$opt/releases/$(date -u +%Y%m%d%H%M%S)"

  check_node
  [ -n "$root" ] || check_root
  say "building the packages, the interpreter and the pages"
  (cd "$example/../.." && node scripts/bootstrap.mjs --pages)
  mkdir -p "$opt/releases" "$etc" "$units"
  (cd "$example" && node deploy/bundle.mjs "$release")
  write_settings
  [ -n "$root" ] || create_user
  sed "s|^ExecStart=/usr/bin/node |ExecStart=$node |" "$example/deploy/wasmforge.service" >"$units/wasmforge.service"
  chmod 644 "$units/wasmforge.service"

  before=$(readlink "$opt/current" || true)
  point_to "releases/${release##*/}"
  if [ -n "$root" ]; then
    say "installed below $root"
    return
  fi
  systemctl daemon-reload
  systemctl enable --quiet wasmforge
  systemctl restart wasmforge
  if comes_up; then
    say "WasmForge is running: http://$(hostname):$(setting PORT 3000)"
    remove_old
  else
    take_back "$before"
  fi
}

say() { printf '› %s\n' "$*"; }

fail() {
  printf '%s\n' "$*" >&2
  exit 1
}

check_root() {
  [ "$(id -u)" = 0 ] || fail "Run this as root: it makes a user, and a service."
}

check_node() {
  node=$(command -v node) || fail "Node 20.19 or newer is needed: apt-get install nodejs, or see nodejs.org."
  node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' ||
    fail "Node 20.19 or newer is needed; this is $(node --version)."
  # The service does not see them.
  case "$(readlink -f "$node")" in
    /home/* | /root/*) fail "This Node is somebody's own ($node): install one for everybody, see nodejs.org." ;;
  esac
}

# Settings are the operator's: they are written once, with a token that nobody knows yet.
write_settings() {
  [ ! -f "$etc/server.env" ] || return 0
  token=$(node -p 'require("node:crypto").randomBytes(32).toString("base64url")')
  (umask 077 && sed "s|@ADMIN_TOKEN@|$token|" "$example/deploy/server.env" >"$etc/server.env")
  say "the settings are in $etc/server.env, with a new admin token"
}

create_user() {
  id -u wasmforge >/dev/null 2>&1 ||
    useradd --system --home-dir /var/lib/wasmforge --shell /usr/sbin/nologin wasmforge
}

# One rename: there is no moment without a release.
point_to() {
  ln -s "$1" "$opt/current.next"
  mv -T "$opt/current.next" "$opt/current"
}

# setting NAME DEFAULT
setting() {
  value=$(sed -n "s/^$1=//p" "$etc/server.env" | tail -n 1 | tr -d "\"'")
  printf '%s' "${value:-$2}"
}

health() {
  host=$(setting HOST 127.0.0.1)
  case "$host" in
    0.0.0.0 | ::) host=127.0.0.1 ;;
    *:*) host="[$host]" ;;
  esac
  printf 'http://%s:%s/health/ready' "$host" "$(setting PORT 3000)"
}

comes_up() {
  for _ in $(seq 60); do
    node -e "fetch('$(health)').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))" &&
      return 0
    sleep 1
  done
  return 1
}

take_back() {
  journalctl --unit wasmforge --lines 20 --no-pager >&2 || true
  [ -n "$1" ] || fail "The server did not come up; its last words are above."
  point_to "$1"
  systemctl restart wasmforge
  fail "The new server did not come up; its last words are above. The one before it runs again."
}

# The last three: what runs, and two to go back to.
remove_old() {
  # Names are times: the order of letters is the order of time.
  find "$opt/releases" -mindepth 1 -maxdepth 1 -type d | sort -r | tail -n +4 | xargs -r rm -rf --
}

main "$@"
