# PostgreSQL and Redis for the tests alone: private, on a socket in $RUN and on a free port,
# without care for the disk, ended and removed with everything else (processes.sh).

PG_USER=postgres
REDIS_USER=redis

postgres_folder() {
  local folder
  for folder in /usr/lib/postgresql/*/bin; do [ -x "$folder/initdb" ] && echo "$folder"; done | sort -V | tail -n 1 | grep .
}

# PostgreSQL refuses to run as root; both servers then run as the users that Debian made for them.
as_user() {
  local user=$1
  shift
  if [ "$(id -u)" = 0 ]; then
    AS_USER=(setpriv --reuid "$user" --regid "$user" --init-groups --)
  else
    AS_USER=()
  fi
  [ $# -eq 0 ] || "${AS_USER[@]}" "$@"
}

own_folder() {
  mkdir -p -m 700 "$RUN/$2"
  [ "$(id -u)" != 0 ] || chown "$1" "$RUN/$2"
}

start_postgres() {
  local bin
  bin=$(postgres_folder)
  own_folder "$PG_USER" postgres
  cd "$RUN" || return 1 # a folder that the server's user may stand in
  quietly as_user "$PG_USER" "$bin/initdb" -D "$RUN/postgres" -U postgres --auth trust --encoding UTF8 \
    --locale C.UTF-8 --no-sync || return 1
  as_user "$PG_USER"
  start postgres "${AS_USER[@]}" "$bin/postgres" -D "$RUN/postgres" -k "$RUN/postgres" -c listen_addresses= \
    -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c autovacuum=off -c jit=off
  SIGNAL_OF[$!]=QUIT # at once, whoever is still connected
  cd "$ROOT" || return 1
  wait_for "$bin/pg_isready" -q -h "$RUN/postgres" &&
    quietly "$bin/psql" -h "$RUN/postgres" -U postgres -c "CREATE ROLE tdkt LOGIN CREATEDB CREATEROLE" &&
    quietly "$bin/psql" -h "$RUN/postgres" -U postgres -c "CREATE DATABASE tdkt OWNER tdkt" &&
    export DATABASE_URL="postgres://tdkt@${RUN//\//%2F}%2Fpostgres/tdkt"
}

start_redis() {
  local port
  port=$("$PY" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
  own_folder "$REDIS_USER" redis
  as_user "$REDIS_USER"
  start redis "${AS_USER[@]}" redis-server --bind 127.0.0.1 --port "$port" --dir "$RUN/redis" --save "" --appendonly no
  wait_for redis-cli -p "$port" ping && export REDIS_URL="redis://127.0.0.1:$port"
}

# Tries a command for up to 30 seconds.
wait_for() {
  local deadline=$((SECONDS + 30))
  until "$@" >/dev/null 2>&1; do
    [ $SECONDS -lt $deadline ] || return 1
    sleep 0.1
  done
}
