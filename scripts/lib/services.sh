# The services for ./digidig: which there are, how they start, stop and are asked how they are.
# shellcheck shell=bash

# A service is one line here and nowhere else: its name; whether it takes requests from outside (front) or keeps the
# data (back); its ports, REST first, as NAME=default of DIGIDIG_NAME_PORT; its heap.
SERVICE_TABLE='
identity-service  back   IDENTITY=8001                                       -Xmx192m
storage-service   back   STORAGE=8002                                        -Xmx512m
smtp-service      front  SMTP=8003,MX=2525,SUBMISSION=2587,SUBMISSIONS=2465  -Xmx256m
imap-service      front  IMAP=8007,IMAP4=2143,IMAPS=2993                     -Xmx384m
client-service    front  CLIENT=8004                                         -Xmx192m
admin-service     front  ADMIN=8005                                          -Xmx128m
apidocs-service   front  APIDOCS=8010                                        -Xmx128m
'

JVM_OPTIONS="-XX:+UseSerialGC -Xms64m -XX:+ExitOnOutOfMemoryError --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"

# The questions below are asked often while services start: they start no process, which would cost more than the answer.
service_names() { service_names_of '*'; }
service_names_of() {
  local name side rest
  while read -r name side rest; do
    # A pattern, not a word.
    # shellcheck disable=SC2053
    [[ -z $name || $side != $1 ]] || printf '%s\n' "$name"
  done <<<"$SERVICE_TABLE"
}

heap_of() {
  local name side ports heap
  while read -r name side ports heap; do
    [ "$name" != "$1" ] || printf '%s' "$heap"
  done <<<"$SERVICE_TABLE"
}

is_service() { [ -n "$(heap_of "$1")" ]; }

port_names_of() {
  local name side ports rest port
  while read -r name side ports rest; do
    [ "$name" = "$1" ] || continue
    for port in ${ports//,/ }; do printf '%s ' "${port%%=*}"; done
  done <<<"$SERVICE_TABLE"
}

# Exports DIGIDIG_NAME_PORT of every port and DIGIDIG_NAME_URL of every REST port, with the default where it is not set.
export_ports() {
  local name side ports rest port first variable
  while read -r name side ports rest; do
    first=${ports%%=*}
    for port in ${ports//,/ }; do
      variable=DIGIDIG_${port%%=*}_PORT
      export "$variable=${!variable:-${port#*=}}"
    done
    [ -n "$first" ] || continue
    variable=DIGIDIG_${first}_PORT
    port=${!variable}
    variable=DIGIDIG_${first}_URL
    export "$variable=${!variable:-http://127.0.0.1:$port}"
  done <<<"$SERVICE_TABLE"
}

# port_of NAME, once the ports are exported.
port_of() {
  local variable=DIGIDIG_$1_PORT
  printf '%s' "${!variable}"
}

rest_port_of() {
  local names
  names=$(port_names_of "$1")
  port_of "${names%% *}"
}

# Settings are kept while anything runs, so that every later command speaks of the same ports.
save_settings() {
  local service name
  {
    for service in $(service_names); do
      for name in $(port_names_of "$service"); do printf 'DIGIDIG_%s_PORT=%s\n' "$name" "$(port_of "$name")"; done
    done
    printf 'DIGIDIG_DOMAIN=%s\n' "$DIGIDIG_DOMAIN"
  } >"$RUN_DIR/settings"
}

load_settings() {
  local service name value running=''
  for service in $(service_names); do running=$running$(service_pid "$service"); done
  if [ -n "$running" ] && [ -r "$RUN_DIR/settings" ]; then
    while IFS='=' read -r name value; do
      [ -n "${!name:-}" ] || export "$name=$value"
    done <"$RUN_DIR/settings"
  fi
  export DIGIDIG_DOMAIN=${DIGIDIG_DOMAIN:-digidig.test}
  export_ports
}

# The process id of a running service; nothing when it does not run. An id that now belongs to somebody else is none.
service_pid() {
  local pid=''
  [ -r "$RUN_DIR/$1.pid" ] || return 0
  read -r pid <"$RUN_DIR/$1.pid" || true
  [ -z "$pid" ] || ! has_argument "$pid" "-DdigidigProcess=$RUN_DIR/$1" || printf '%s' "$pid"
}

has_argument() {
  local word
  if [ -d /proc/self ]; then
    while IFS= read -r -d '' word; do
      [ "$word" != "$2" ] || return 0
    done 2>/dev/null <"/proc/$1/cmdline"
    return 1
  fi
  case "$(ps -ww -o args= -p "$1" 2>/dev/null || true)" in *"$2 "*) ;; *) return 1 ;; esac
}

random_word() { head -c "$1" /dev/urandom | base64 | tr -d '\n=' | tr '+/' 'xy'; }

# Standard input into a file that nobody else may read.
keep_private() { (umask 077 && cat >"$1"); }

# Made once: the secret that the services share, and the first accounts' passwords.
prepare_secrets() {
  local demo
  [ -s "$RUN_DIR/secrets" ] ||
    printf 'DIGIDIG_SERVICE_SECRET=%s\n' "${DIGIDIG_SERVICE_SECRET:-$(random_word 33)}" | keep_private "$RUN_DIR/secrets"
  DIGIDIG_SERVICE_SECRET=$(sed -n 's/^DIGIDIG_SERVICE_SECRET=//p' "$RUN_DIR/secrets")
  if [ ! -s "$RUN_DIR/credentials" ]; then
    demo=${DIGIDIG_DEMO_PASSWORD:-$(random_word 12)}
    printf '%s %s\n' "admin@$DIGIDIG_DOMAIN" "${DIGIDIG_ADMIN_PASSWORD:-$(random_word 12)}" \
      "alice@$DIGIDIG_DOMAIN" "$demo" "bob@$DIGIDIG_DOMAIN" "$demo" | keep_private "$RUN_DIR/credentials"
  fi
  DIGIDIG_ADMIN_PASSWORD=$(account_password "admin@$DIGIDIG_DOMAIN")
  DIGIDIG_DEMO_PASSWORD=$(account_password "alice@$DIGIDIG_DOMAIN")
  export DIGIDIG_SERVICE_SECRET DIGIDIG_ADMIN_PASSWORD DIGIDIG_DEMO_PASSWORD
}

account_password() { awk -v address="$1" '$1 == address { print $2; exit }' "$RUN_DIR/credentials" 2>/dev/null; }

port_taken() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

need_free_ports() {
  local name port owner
  for name in $(port_names_of "$1"); do
    port=$(port_of "$name")
    if port_taken "$port"; then
      owner=$(port_owner "$port")
      fail "port $port (DIGIDIG_${name}_PORT, for $1) is taken${owner:+ by $owner}"
    fi
  done
}

# "name (process 123)" of who listens on a port, as far as this user may know.
port_owner() {
  if command -v ss >/dev/null; then
    ss -Hltnp "sport = :$1" 2>/dev/null | sed -nE 's/.*users:\(\("([^"]+)",pid=([0-9]+).*/\1 (process \2)/p' | head -n 1
  elif command -v lsof >/dev/null; then
    lsof -nP -iTCP:"$1" -sTCP:LISTEN -Fpc 2>/dev/null | awk '/^p/ { p = substr($0, 2) } /^c/ { print substr($0, 2) " (process " p ")"; exit }'
  fi
}

# Starts a service in a session of its own, so that it outlives this shell and its terminal.
start_service() {
  local service=$1 output=$RUN_DIR/logs/$1.out launcher=(setsid) app cache=()
  app=$(app_folder_of "$service")
  [ ! -s "$app/app.aot" ] || cache=("-XX:AOTCache=$app/app.aot")
  mkdir -p "$RUN_DIR/$service/data" "$RUN_DIR/logs" "$RUN_DIR/tests"
  if [ -f "$output" ] && [ "$(wc -c <"$output")" -gt 10000000 ]; then mv "$output" "$output.1"; fi
  (
    cd "$RUN_DIR/$service" || exit 1
    umask 077
    export SPRING_PROFILES_ACTIVE=${SPRING_PROFILES_ACTIVE:-embedded}
    export DIGIDIG_BIND_ADDRESS=${DIGIDIG_BIND_ADDRESS:-127.0.0.1}
    export DIGIDIG_DATA_DIR=$RUN_DIR/$service/data DIGIDIG_LOGS_DIR=$RUN_DIR/logs DIGIDIG_TESTS_DIR=$RUN_DIR/tests
    # Where setsid is missing, a process group of its own and nohup do nearly as well.
    command -v setsid >/dev/null || { launcher=(nohup); set -m; }
    # Options are words, as in a shell.
    # shellcheck disable=SC2046,SC2086
    "${launcher[@]}" "$JAVA_HOME/bin/java" "-DdigidigProcess=$RUN_DIR/$service" $JVM_OPTIONS $(heap_of "$service") \
      ${DIGIDIG_JAVA_OPTIONS:-} ${cache[@]+"${cache[@]}"} -jar "$app/app.jar" </dev/null >>"$output" 2>&1 3>&- 9>&- &
    printf '%s\n' $! >&3
  ) 3>"$RUN_DIR/$service.pid"
}

# http_get PORT PATH: the answer, head and body, on one line; nothing when there is none.
http_get() {
  (
    exec 3<>"/dev/tcp/127.0.0.1/$1" || exit 0
    printf 'GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: application/json\r\nConnection: close\r\n\r\n' "$2" >&3
    local line
    while IFS= read -r -t 5 line <&3 || [ -n "$line" ]; do printf '%s ' "${line%$'\r'}"; done
  ) 2>/dev/null || true
}

# UP, DOWN, ...: what the service says of itself; nothing when it does not answer.
service_health() {
  local answer
  answer=$(http_get "$(rest_port_of "$1")" /api/health)
  [[ ! $answer =~ ^[^{]*\{[^{}]*\"status\"\ *:\ *\"([A-Za-z_]+)\" ]] || printf '%s' "${BASH_REMATCH[1]}"
}

# Waits until the services named are healthy, with a line for each; ends with the last lines of the one that is not.
await_health() {
  local began=$SECONDS limit=${DIGIDIG_START_SECONDS:-300} waiting=("$@") still service health starting alone=$SECONDS
  while [ ${#waiting[@]} -gt 0 ]; do
    still=()
    starting=0
    for service in "${waiting[@]}"; do
      health=$(service_health "$service")
      if [ "$health" = UP ]; then
        printf '  %-18s healthy after %d s\n' "$service" $((SECONDS - began))
      elif [ "$health" = DEGRADED ] && [ $((SECONDS - alone)) -ge 15 ]; then
        printf '  %-18s runs, but not all is well: see http://127.0.0.1:%s/api/health\n' "$service" "$(rest_port_of "$service")"
      elif [ $SECONDS -gt "$began" ] && [ -z "$(service_pid "$service")" ]; then
        give_up "$service" "ended while it started"
      else
        still+=("$service")
        [ "$health" = DEGRADED ] || starting=1
      fi
    done
    # As long as one starts, the others may be waiting for it.
    [ $starting = 0 ] || alone=$SECONDS
    waiting=(${still[@]+"${still[@]}"})
    if [ ${#waiting[@]} -gt 0 ]; then
      [ $((SECONDS - began)) -lt "$limit" ] || give_up "${waiting[0]}" "is not healthy after $limit s"
      sleep 0.5
    fi
  done
}

give_up() {
  tail -n 25 "$RUN_DIR/logs/$1.out" >&2 || true
  fail "$1 $2: its last lines are above, all in $(short_path "$RUN_DIR/logs/$1.out") (./digidig down stops the others)"
}

# Asks the services to end, waits for them, ends them by force after 30 s, and their databases; says what it stopped.
stop_services() {
  local service pid deadline
  for service in "$@"; do
    pid=$(service_pid "$service")
    [ -z "$pid" ] || kill -TERM "$pid" 2>/dev/null || true
  done
  deadline=$((SECONDS + 30))
  for service in "$@"; do
    pid=$(service_pid "$service")
    while [ -n "$pid" ] && [ $SECONDS -lt $deadline ]; do
      sleep 0.1
      pid=$(service_pid "$service")
    done
    if [ -n "$pid" ]; then
      kill -KILL "$pid" 2>/dev/null || true
      say "  $service did not end in time: killed"
    elif [ -f "$RUN_DIR/$service.pid" ]; then
      say "  $service stopped"
    fi
    stop_database_left_by "$service"
    rm -f "$RUN_DIR/$service.pid"
  done
}

# The process id of the PostgreSQL that a service started.
database_pid_of() {
  local file pid=''
  [ -d "$RUN_DIR/$1/data" ] || return 0
  file=$(find "$RUN_DIR/$1/data" -maxdepth 4 -name postmaster.pid 2>/dev/null | head -n 1)
  [ -n "$file" ] || return 0
  read -r pid <"$file" || true
  case "$(ps -ww -o args= -p "${pid:-0}" 2>/dev/null || true)" in *postgres*) printf '%s' "$pid" ;; esac
}

# A database outlives a service that was killed, for the moment that it needs to end by itself.
stop_database_left_by() {
  local pid tries=0
  pid=$(database_pid_of "$1")
  [ -n "$pid" ] || return 0
  kill -INT "$pid" 2>/dev/null || true
  while kill -0 "$pid" 2>/dev/null && [ $tries -lt 100 ]; do
    sleep 0.1
    tries=$((tries + 1))
  done
  kill -KILL "$pid" 2>/dev/null || true
}

# The program that does what the administration asks for with backups, beside the services. What it starts itself, to
# restore, leaves it alone.
start_agent() {
  local launcher=(setsid) output=$RUN_DIR/logs/backup-agent.out
  [ -z "${DIGIDIG_BACKUP_AGENT:-}$(service_pid backup-agent)" ] || return 0
  if [ -f "$output" ] && [ "$(wc -c <"$output")" -gt 10000000 ]; then mv "$output" "$output.1"; fi
  (
    command -v setsid >/dev/null || { launcher=(nohup); set -m; }
    "${launcher[@]}" "$HOME_DIR/scripts/backup-agent" "-DdigidigProcess=$RUN_DIR/backup-agent" embedded \
      </dev/null >>"$output" 2>&1 3>&- 9>&- &
    printf '%s\n' $! >&3
  ) 3>"$RUN_DIR/backup-agent.pid"
}

stop_agent() {
  local pid tries=0
  [ -z "${DIGIDIG_BACKUP_AGENT:-}" ] || return 0
  pid=$(service_pid backup-agent)
  while [ -n "$pid" ] && [ $tries -lt 100 ]; do
    # It leads a process group, so that what it has started ends with it.
    kill -TERM -- "-$pid" 2>/dev/null || true
    sleep 0.1
    pid=$(service_pid backup-agent)
    tries=$((tries + 1))
  done
  [ -z "$pid" ] || kill -KILL -- "-$pid" 2>/dev/null || true
  rm -f "$RUN_DIR/backup-agent.pid"
}

uptime_of() { ps -o etime= -p "$1" | tr -d ' '; }

# MB of the service and its children, its database among them.
memory_of() {
  ps -A -o pid= -o ppid= -o rss= | awk -v root="$(service_pid "$1")" '
    { parent[$1] = $2; rss[$1] = $3 }
    END {
      for (p in rss) { q = p; while (q > 1 && q != root) q = parent[q]; if (q == root) sum += rss[p] }
      printf "%d", sum / 1024 }'
}

print_summary() {
  local service
  printf '\n  %-18s %s\n' SERVICE REST
  for service in $(service_names); do printf '  %-18s http://127.0.0.1:%s\n' "$service" "$(rest_port_of "$service")"; done
  say
  printf '  %-38s %s\n' MAIL PORT \
    'SMTP for other servers' "$(port_of MX)" \
    'SMTP submission, STARTTLS and log-in' "$(port_of SUBMISSION)" \
    'SMTP submission, TLS and log-in' "$(port_of SUBMISSIONS)" \
    'IMAP, STARTTLS' "$(port_of IMAP4)" \
    'IMAP, TLS' "$(port_of IMAPS)"
  printf '\n  %-38s %s\n' ACCOUNT "FIRST PASSWORD ($(short_path "$RUN_DIR/credentials"))"
  [ ! -r "$RUN_DIR/credentials" ] || awk '{ printf "  %-38s %s\n", $1, $2 }' "$RUN_DIR/credentials"
}
