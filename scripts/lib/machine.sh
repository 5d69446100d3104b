# What the machine itself must have: libraries, programs and a typeface, from Debian.

has_library() { python3 -c 'import ctypes, sys; ctypes.CDLL(sys.argv[1])' "$1" 2>/dev/null; }
has_face() { [ -n "$(fc-list "$1" file 2>/dev/null)" ]; }
has_program() { command -v "$1" >/dev/null 2>&1; }

# A first look, before Python's libraries are there; letters_missing is the judge.
# «ự» is absent from version 1 of Liberation, which Debian 12 still ships.
has_vietnamese_face() {
  local family
  for family in "Times New Roman" "Liberation Serif" Tinos; do
    has_face ":family=$family:charset=1ef1" && return 0
  done
  return 1
}

# Names of the Debian packages that the program still lacks, one a line.
missing_for_run() {
  has_library libpango-1.0.so.0 || echo libpango-1.0-0
  has_library libpangoft2-1.0.so.0 || echo libpangoft2-1.0-0
  has_library libharfbuzz-subset.so.0 || echo libharfbuzz-subset0
  has_program fc-match || echo fontconfig
  has_vietnamese_face || font_package
  python3 -c 'import ensurepip, venv' 2>/dev/null || echo python3-venv
}

# Debian 13 has the good version under the old name; the new name of Debian 12 is an empty package there.
font_package() {
  local version
  version=$(LC_ALL=C apt-cache show --no-all-versions fonts-liberation 2>/dev/null | sed -n 's/^Version: //p')
  if dpkg --compare-versions "${version:-0}" ge 1:2; then
    echo fonts-liberation
  else
    echo fonts-liberation2
  fi
}

# Vietnamese letters that the typeface of the papers lacks; "?" when there is no such typeface.
letters_missing() {
  (cd "$ROOT" && "$PY" -c 'from documents.fonts import missing_letters; print(missing_letters())' 2>/dev/null) || echo '?'
}

check_letters() {
  local missing
  missing=$(letters_missing)
  [ -z "$missing" ] || die "Phông chữ trên máy chưa đủ chữ tiếng Việt (thiếu: $missing). Hãy gõ: $(apt_line "$(font_package)")"
}

apt_line() { echo "sudo apt-get install --no-install-recommends $*"; }

AS_ROOT=()
may_install() {
  [ "$(id -u)" = 0 ] && return
  has_program sudo || return
  AS_ROOT=(sudo -n)
  sudo -n true 2>/dev/null && return
  AS_ROOT=(sudo)
  [ -t 0 ] && say "Cần quyền quản trị để cài phần mềm hệ thống." && sudo -v
}

apt() {
  quietly "${AS_ROOT[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=120 "$@"
}

# install_missing FINDER: installs what FINDER lists; 1, with the line to type, where that cannot be done.
install_missing() {
  local packages
  mapfile -t packages < <("$1")
  [ ${#packages[@]} -eq 0 ] && return
  if ! has_program apt-get || ! may_install; then
    warn "Máy còn thiếu phần mềm. Hãy gõ dòng này rồi chạy lại: $(apt_line "${packages[@]}")"
    return 1
  fi
  apt update || true
  mapfile -t packages < <("$1") # again: the lists may name the font differently
  say "Cài phần mềm hệ thống: ${packages[*]}"
  hold_services
  apt install --no-install-recommends "${packages[@]}" || install_one_by_one "${packages[@]}"
  local code=$?
  release_services
  [ $code -ne 0 ] || return 0
  warn "Chưa cài được phần mềm hệ thống. Hãy gõ dòng này rồi chạy lại: $(apt_line "${packages[@]}")"
  return 1
}

# One package that this Debian lacks must not keep the others away.
install_one_by_one() {
  local package code=0
  [ $# -gt 1 ] || return 1
  for package in "$@"; do apt install --no-install-recommends "$package" || code=1; done
  return $code
}

# While HOLD_SERVICES is true, Debian starts no server that it installs (the tests start their own).
HOLD_SERVICES=false
POLICY=/usr/sbin/policy-rc.d
hold_services() {
  $HOLD_SERVICES && [ ! -e "$POLICY" ] || return 0
  printf '#!/bin/sh\nexit 101\n' | "${AS_ROOT[@]}" tee "$POLICY" >/dev/null
  "${AS_ROOT[@]}" chmod 755 "$POLICY"
  POLICY_IS_OURS=true
}

release_services() {
  ! ${POLICY_IS_OURS:-false} || "${AS_ROOT[@]}" rm -f "$POLICY"
  POLICY_IS_OURS=false
}
