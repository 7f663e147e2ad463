# The backup of scripts/volume-manager. Sourced after volumes.sh and archive.sh.
#
# A message is in smtp's spool, in storage, or in both. smtp's volume is copied first: what it had accepted when the
# backup began is in this copy, or was in storage before it was made, and storage is copied later. What is in both is
# delivered again after a restore, under the same key, which storage knows. All copies are such as a crash would leave:
#
# - A service is paused while its own volume is copied: smtp's journal may move a message to a file that tar has passed.
# - PostgreSQL's dump is one snapshot.
# - mongodump reads collection after collection, so storage holds its writes meanwhile (POST /api/internal/quiesce): a
#   mailbox must not name what an earlier collection did not have yet. Without mongodump MongoDB is paused, too, while its
#   files are copied. Storage goes on by itself if a backup dies; a hold that ended too early fails the backup.
# shellcheck shell=bash

# What each service keeps.
SERVICE_VOLUMES=(smtp:smtp_data identity:postgres_data+identity_data storage:mongo_data+storage_data imap:imap_data
  client:client_data admin:admin_data apidocs:apidocs_data logs:app_logs)
PAUSED=()
# "container hold" of each storage-service whose writes are held.
HELD=()

backup_command() {
  local what=all folder=$HOME_DIR/backups keep='' began=$SECONDS volume volumes
  while [ $# -gt 0 ]; do
    case $1 in
      --to)
        folder=$(absolute_path "${2:?--to needs a folder}")
        shift
        ;;
      --keep)
        keep=${2:-}
        need_count "$keep"
        shift
        ;;
      -*) fail "backup [SERVICE|all] [--to FOLDER] [--keep N]: not $1" ;;
      *) what=${1%-service} ;;
    esac
    shift
  done
  volumes=$(volumes_of "$what")
  lock_project
  refuse_half_restored
  trap end_backup EXIT
  trap 'exit 130' HUP INT TERM
  if [ "$what" = all ]; then what=''; fi
  begin_archive "$folder" compose "$PROJECT" "$what"
  for volume in $volumes; do
    if volume_exists "$volume"; then back_up_volume "$volume"; fi
  done
  finish_archive "$keep"
  say "Backup complete after $((SECONDS - began)) s."
}

volumes_of() {
  local volumes
  volumes=$(printf '%s\n' "${SERVICE_VOLUMES[@]}" | awk -F '[:+]' -v what="$1" '
    what == "all" || $1 == what { for (i = 2; i <= NF; i++) print $i }')
  [ -n "$volumes" ] || fail "no service '$1': all, or one of $(printf '%s\n' "${SERVICE_VOLUMES[@]%%:*}" | tr '\n' ' ')"
  printf '%s\n' "$volumes" | in_backup_order
}

# smtp, then the databases, then the rest.
in_backup_order() { awk '{ rank = $1 == "smtp_data" ? 1 : $1 == "postgres_data" ? 2 : $1 == "mongo_data" ? 3 : 4; print rank, NR, $1 }' |
  sort -n -k 1,1 -k 2,2 | cut -d ' ' -f 3; }

# One backup or restore at a time of this checkout: what one has paused another must not continue.
lock_project() {
  command -v flock >/dev/null || return 0
  exec 9<"${BASH_SOURCE[0]}"
  flock -n 9 || fail "another volume-manager is at work"
}

refuse_half_restored() {
  local volume
  volume=$(volume_facts | awk '$5 != "-" { print $1; exit }')
  [ -z "$volume" ] || fail "$(full_name "$volume") is half restored: run restore again"
}

# What was held or paused goes on, however the backup ended.
end_backup() {
  go_on
  drop_staging
}

go_on() {
  local id
  for id in ${PAUSED[@]+"${PAUSED[@]}"}; do docker unpause "$id" >/dev/null 2>&1 || true; done
  PAUSED=()
  for id in ${HELD[@]+"${HELD[@]}"}; do ask_storage "${id% *}" release "${id#* }" >/dev/null 2>&1 || true; done
  HELD=()
}

ask_storage() { docker exec --interactive "$1" bash -s -- "$2" "$3" <"$HOME_DIR/scripts/lib/hold-storage.bash"; }

# No storage-service writes from now on. One that can't be asked (it starts, or identity is down) is paused.
hold_storage() {
  local id hold
  HOW_STILL='held its writes'
  for id in $(running storage-service); do
    if hold=$(ask_storage "$id" hold "${DIGIDIG_HOLD_SECONDS:-600}"); then
      HELD+=("$id $hold")
    else
      HOW_STILL='was paused'
      pause_containers "$id"
    fi
  done
}

# Writes go on; fails where they went on before by themselves.
release_storage() {
  local one
  for one in ${HELD[@]+"${HELD[@]}"}; do
    ask_storage "${one% *}" release "${one#* }" ||
      fail "the copy took longer than storage held its writes: set DIGIDIG_HOLD_SECONDS to more than ${DIGIDIG_HOLD_SECONDS:-600}"
  done
  HELD=()
  go_on
}

pause_containers() {
  local id
  for id in "$@"; do
    # Noted before, so that an interruption in between is mended too.
    PAUSED+=("$id")
    docker pause "$id" >/dev/null
  done
}

back_up_volume() {
  local began=$SECONDS how=copied
  case $1 in
    postgres_data) back_up_postgres ;;
    mongo_data) back_up_mongo ;;
    # All services write there, and a log may lack its last lines.
    app_logs) copy_volume app_logs ;;
    *)
      # shellcheck disable=SC2046
      pause_containers $(users_of "$1")
      [ ${#PAUSED[@]} = 0 ] || how="copied while its service stood still"
      copy_volume "$1"
      go_on
      ;;
  esac
  say "  $1 $how, $((SECONDS - began)) s"
}

# A log that was renamed under tar's hands makes it fail: then again.
copy_volume() {
  local tries=0 without='' content=(tar -cf - .)
  # Storage makes its search index anew; in admin's folder backups the backup agent may be writing. Not every tar knows
  # --exclude.
  case $1 in
    storage_data) without=index ;;
    admin_data) without=backups ;;
  esac
  [ -z "$without" ] || content=(find . -mindepth 1 -maxdepth 1 ! -name "$without" -exec tar -cf - '{}' +)
  until in_volume "$1" ro "${content[@]}" </dev/null >"$STAGING/parts/$1.tar"; do
    tries=$((tries + 1))
    [ $tries -lt 3 ] || fail "$(full_name "$1") can't be copied"
  done
  note_part "$1" tar
}

back_up_postgres() {
  local id
  id=$(running postgres | head -n 1)
  if [ -n "$id" ]; then
    docker exec "$id" sh -c "$POSTGRES_ENVIRONMENT"' pg_dump --format=custom' | put_part postgres_data pgdump
    how="dumped by pg_dump"
  else
    need_unused postgres_data
    copy_volume postgres_data
  fi
}

back_up_mongo() {
  local id
  id=$(running mongo | head -n 1)
  if storage_is_elsewhere; then
    how="LEFT OUT: storage uses another MongoDB, which is to be backed up by its own means, after this"
  elif [ -z "$id" ]; then
    need_unused mongo_data
    copy_volume mongo_data
  elif docker exec "$id" sh -c 'command -v mongodump' >/dev/null; then
    hold_storage
    docker exec "$id" sh -c "$MONGO_ENVIRONMENT"' mongodump --quiet --archive --db "$name" '"$MONGO_LOGIN" | put_part mongo_data mongodump
    release_storage
    how="dumped by mongodump while storage $HOW_STILL"
  else
    hold_storage
    pause_containers "$id"
    copy_volume mongo_data
    docker unpause "$id" >/dev/null
    release_storage
    how="copied while storage $HOW_STILL and MongoDB was paused (no mongodump in its container)"
  fi
}

storage_is_elsewhere() {
  local id
  id=$(container_of storage-service)
  [ -n "$id" ] && docker inspect --format '{{range .Config.Env}}{{println .}}{{end}}' "$id" |
    grep '^DIGIDIG_MONGO_URI=' | grep -vqE '://([^/@]*@)?mongo(:[0-9]+)?(/|$)'
}

need_unused() {
  [ -z "$(users_of "$1")" ] || fail "$(full_name "$1") is in use by $(container_names "$1"), which is not this project's database"
}

# For sh in a database's container: whom to log in as, by the same variables and secret files as the image's entry point.
# shellcheck disable=SC2016
POSTGRES_ENVIRONMENT='
  export PGUSER="${POSTGRES_USER:-postgres}"
  export PGDATABASE="${POSTGRES_DB:-$PGUSER}"
  if [ -n "${POSTGRES_PASSWORD_FILE:-}" ]; then POSTGRES_PASSWORD=$(cat "$POSTGRES_PASSWORD_FILE"); fi
  export PGPASSWORD="${POSTGRES_PASSWORD:-}"
'
# shellcheck disable=SC2016
MONGO_ENVIRONMENT='
  if [ -n "${MONGO_INITDB_ROOT_USERNAME_FILE:-}" ]; then MONGO_INITDB_ROOT_USERNAME=$(cat "$MONGO_INITDB_ROOT_USERNAME_FILE"); fi
  if [ -n "${MONGO_INITDB_ROOT_PASSWORD_FILE:-}" ]; then MONGO_INITDB_ROOT_PASSWORD=$(cat "$MONGO_INITDB_ROOT_PASSWORD_FILE"); fi
  export user="${MONGO_INITDB_ROOT_USERNAME:-}" password="${MONGO_INITDB_ROOT_PASSWORD:-}"
  # YAML in single quotes: only they need doubling.
  secret=$(printf "%s" "$password" | sed "s/'\''/'\'\''/g")
  name=digidig
'
# The password goes by a file descriptor, so that no list of processes shows it. Ends the command.
# shellcheck disable=SC2016
MONGO_LOGIN='${user:+--username "$user" --authenticationDatabase admin --config /dev/fd/3} 3<<END
password: '\''$secret'\''
END
'
