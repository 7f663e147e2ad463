# ./digidig backup and restore: the data of a suite that runs as processes, in archives as archive.sh makes them.
#
# Each service is stopped by SIGSTOP, with all that it started, only while its files are copied. What is copied then is
# what a kill -9 at that moment would leave, and every service starts from that without losing what it answered: the
# spool, the document file and PostgreSQL force their logs before an answer. smtp is first: what it had accepted is in
# its copy, or was in storage before; what is in both is delivered again under the same key, which storage knows.
# shellcheck shell=bash

BACKUP_ORDER=(smtp-service identity-service storage-service imap-service)
MARKER=.restore-incomplete
FROZEN=''

# client-service: client_data, as the volumes are called.
part_of() { printf '%s_data' "${1%-service}"; }

# Those of BACKUP_ORDER first, then any others.
services_in_order() {
  local service
  { printf '%s\n' "${BACKUP_ORDER[@]}"; service_names; } | awk '!seen[$0]++' | while read -r service; do
    [ ! -d "$RUN_DIR/$service/data" ] || printf '%s\n' "$service"
  done
}

refuse_half_restored() {
  local service
  for service in $(service_names); do
    [ ! -e "$RUN_DIR/$service/data/$MARKER" ] ||
      fail "a restore did not end: ./digidig restore ARCHIVE again, or ./digidig reset"
  done
}

backup() {
  local folder=${DIGIDIG_BACKUPS_DIR:-$HOME_DIR/backups} keep='' began=$SECONDS service
  while [ $# -gt 0 ]; do
    case $1 in
      --keep)
        keep=${2:-}
        need_count "$keep"
        shift
        ;;
      -*) fail "backup [FOLDER] [--keep N]: not $1" ;;
      *) folder=$(absolute_path "${1%/}") ;;
    esac
    shift
  done
  [ -d "$RUN_DIR" ] || fail "there is no data in $(short_path "$RUN_DIR")"
  lock_run_dir
  refuse_half_restored
  trap end_backup EXIT
  trap 'exit 130' HUP INT TERM
  begin_archive "$folder" embedded -
  for service in $(services_in_order); do back_up_service "$service"; done
  back_up_secrets
  finish_archive "$keep"
  say "Backup complete after $((SECONDS - began)) s."
}

end_backup() {
  continue_service
  drop_staging
}

back_up_service() {
  local service=$1 pid began=$SECONDS excluded=()
  # Programs that are unpacked again, the search index, what names processes that will be gone, and the meeting place with
  # the backup agent, which may be writing there.
  excluded=(--exclude=./postgres-binaries --exclude=./index --exclude=./backups --exclude=./postgres.lock --exclude=./postgres/postmaster.pid)
  pid=$(service_pid "$service")
  if [ -n "$pid" ]; then freeze_service "$service" "$pid"; else stop_database_left_by "$service"; fi
  tar -cf - "${excluded[@]}" -C "$RUN_DIR/$service/data" . | put_part "$(part_of "$service")" tar
  continue_service
  say "  $service copied${pid:+ while it stood still}, $((SECONDS - began)) s"
}

# The shared secret, and the first passwords, which the accounts in the backup have.
back_up_secrets() {
  local file files=()
  for file in secrets credentials; do [ ! -f "$RUN_DIR/$file" ] || files+=("./$file"); done
  [ ${#files[@]} = 0 ] || tar -cf - -C "$RUN_DIR" "${files[@]}" | put_part run tar
}

# "pid state" of each thread of a process and of all that it started.
family_of() {
  ps -A -L -o pid= -o ppid= -o stat= | awk -v root="$1" '
    { parent[$1] = $2; line[NR] = $1 " " $3; owner[NR] = $1 }
    END {
      for (n = 1; n <= NR; n++) {
        q = owner[n]
        while (q > 1 && q != root) q = parent[q]
        if (q == root) print line[n]
      }
    }'
}

# Returns when no thread of it can write any more.
freeze_service() {
  local tries=0 moving
  FROZEN=$2
  while [ $tries -lt 100 ]; do
    # Again each time: what ran may have started another one meanwhile.
    moving=$(family_of "$2" | awk '$2 !~ /^[TZ]/ { print $1 }' | sort -u)
    [ -n "$moving" ] || return 0
    # shellcheck disable=SC2086
    kill -STOP $moving 2>/dev/null || true
    sleep 0.05
    tries=$((tries + 1))
  done
  fail "$1 (process $2) can't be stopped for the copy"
}

continue_service() {
  local pids
  [ -n "$FROZEN" ] || return 0
  pids=$(family_of "$FROZEN" | awk '{ print $1 }' | sort -u)
  # shellcheck disable=SC2086
  [ -z "$pids" ] || kill -CONT $pids 2>/dev/null || true
  FROZEN=''
}

# What a backup that was killed outright left standing still goes on.
continue_all_services() {
  local service
  for service in $(service_names); do
    FROZEN=$(service_pid "$service")
    continue_service
  done
}

restore() {
  local began=$SECONDS service
  [ $# = 1 ] || fail "restore ARCHIVE"
  need_writable_run_dir
  lock_run_dir
  for service in $(service_names); do
    [ -z "$(service_pid "$service")$(database_pid_of "$service")" ] || fail "$service runs: ./digidig down, then restore"
  done
  open_archive "$1" embedded
  describe_archive
  for service in $(restored_services); do
    is_service "$service" || fail "this release has no $service, whose data is in the archive"
  done
  extract_beside
  swap_in
  say "Restored in $((SECONDS - began)) s; ./digidig up starts it."
}

restored_services() { archive_parts | awk '$1 ~ /_data$/ { sub(/_data$/, "-service", $1); print $1 }'; }

# All of it beside the data that is there, which stays whole until everything is on disk.
extract_beside() {
  local service
  rm -rf "${RUN_DIR:?}/.restore"
  trap 'rm -rf "${RUN_DIR:?}/.restore"' EXIT
  trap 'exit 130' HUP INT TERM
  mkdir -m 700 "$RUN_DIR/.restore"
  for service in $(restored_services); do
    mkdir "$RUN_DIR/.restore/$service"
    # The files belong to who restores: that user starts the services.
    part_content "$(part_of "$service")" tar | tar -xpf - --no-same-owner -C "$RUN_DIR/.restore/$service"
    : >"$RUN_DIR/.restore/$service/$MARKER"
  done
  mkdir "$RUN_DIR/.restore/run"
  [ -z "$(part_kind run)" ] || part_content run tar | tar -xpf - --no-same-owner -C "$RUN_DIR/.restore/run"
  force_to_disk
}

# From the first marker to the last, up refuses and so do the services: after an interruption, restore is to run again.
swap_in() {
  local service file
  for service in $(restored_services); do
    mkdir -p "$RUN_DIR/$service/data"
    : >"$RUN_DIR/$service/data/$MARKER"
  done
  force_to_disk
  for service in $(restored_services); do
    mv "$RUN_DIR/$service/data" "$RUN_DIR/.restore/$service.before"
    mv "$RUN_DIR/.restore/$service" "$RUN_DIR/$service/data"
    say "  $service restored"
  done
  for file in secrets credentials; do
    [ ! -f "$RUN_DIR/.restore/run/$file" ] || mv "$RUN_DIR/.restore/run/$file" "$RUN_DIR/$file"
  done
  force_to_disk
  for service in $(restored_services); do rm -f "$RUN_DIR/$service/data/$MARKER"; done
}
