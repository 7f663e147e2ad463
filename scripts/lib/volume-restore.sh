# The restore of scripts/volume-manager. Sourced after volumes.sh, archive.sh and volume-backup.sh.
#
# Nothing changes before the whole archive was checked. From then on a marker lies in each service's volume, and the
# services refuse to start; the markers go last. A restore that was interrupted is started over.
# shellcheck shell=bash

RESTORING=''
STARTED=()

verify_command() {
  open_archive "$1" compose
  describe_archive
}

restore_command() {
  local file='' stop='' began=$SECONDS name
  while [ $# -gt 0 ]; do
    case $1 in --stop) stop=1 ;; -*) fail "restore ARCHIVE [--stop]: not $1" ;; *) file=$1 ;; esac
    shift
  done
  [ -n "$file" ] || fail "restore ARCHIVE [--stop]"
  lock_project
  [ -n "$stop" ] || refuse_while_running
  open_archive "$file" compose
  describe_archive
  for name in $(restored_volumes); do volume_named "$name" >/dev/null; done
  # shellcheck disable=SC2046
  [ -z "$(running_all)" ] || docker stop $(running_all) >/dev/null
  make_volumes
  refuse_while_used
  refuse_shared_folders
  trap end_restore EXIT
  trap 'exit 130' HUP INT TERM
  RESTORING=1
  for name in $(marked_volumes); do in_volume "$name" rw sh -c ": >$MARKER && sync" </dev/null; done
  for name in $(restored_volumes); do restore_volume "$name"; done
  for name in $(marked_volumes); do in_volume "$name" rw sh -c "sync && rm -f $MARKER && sync" </dev/null; done
  RESTORING=''
  stop_started
  say "Restored in $((SECONDS - began)) s; docker compose up -d starts the suite."
}

# What restore started stops again; what is half restored is named.
end_restore() {
  stop_started
  [ -z "$RESTORING" ] || say "The restore did not end. No service starts on half of it: run restore again."
}

stop_started() {
  [ ${#STARTED[@]} = 0 ] || docker stop "${STARTED[@]}" >/dev/null 2>&1 || true
  STARTED=()
}

refuse_while_running() {
  local names
  names=$(docker ps --filter "label=com.docker.compose.project=$PROJECT" --format '{{.Names}}' | paste -s -d ' ' -)
  [ -z "$names" ] || fail "the suite runs ($names): docker compose stop, or restore with --stop"
}

refuse_while_used() {
  local name
  for name in $(restored_volumes); do
    [ -z "$(users_of "$name")" ] || fail "$(full_name "$name") is in use by $(container_names "$name")"
  done
}

# Volumes of two projects may be bound to one folder: a restore for trial must not fill the other's.
refuse_shared_folders() {
  local shared
  # shellcheck disable=SC2046
  shared=$(docker volume inspect --format '{{.Name}} {{index .Options "device"}}' $(docker volume ls -q) |
    awk -v mine="$(restored_volumes | sed "s/^/${PROJECT}_/" | paste -s -d ' ' -)" '
      BEGIN { n = split(mine, names, " "); for (i = 1; i <= n; i++) own[names[i]] = 1 }
      $2 != "" { if ($1 in own) ours[$2] = $1; else theirs[$2] = $1 }
      END { for (folder in ours) if (folder in theirs) { print ours[folder] " lies in " folder ", as " theirs[folder] " does"; exit } }')
  [ -z "$shared" ] || fail "$shared"
}

restored_volumes() { archive_parts | cut -d ' ' -f 1; }

# The services' own. A database's is guarded by its service's: PostgreSQL makes no cluster where any file lies.
marked_volumes() {
  restored_volumes | sed 's/^postgres_data$/identity_data/; s/^mongo_data$/storage_data/; /^app_logs$/d' | sort -u
}

# Compose makes its volumes, wherever its files put them. What no service of this release uses is made here.
make_volumes() {
  local name missing='' said
  for name in $(restored_volumes) $(marked_volumes); do volume_exists "$name" || missing=1; done
  [ -n "$missing" ] || return 0
  if compose_files_exist; then
    say "  making volumes and containers by docker compose create"
    said=$(compose create 2>&1) || fail "docker compose create failed, nothing was changed: ${said##*$'\n'}"
  fi
  for name in $(restored_volumes) $(marked_volumes); do
    volume_exists "$name" ||
      docker volume create --label "com.docker.compose.project=$PROJECT" --label "com.docker.compose.volume=$name" \
        "$(full_name "$name")" >/dev/null
  done
}

compose_files_exist() { [ -n "${COMPOSE_FILE:-}" ] || [ -f "$HOME_DIR/docker-compose.yml" ]; }
compose() { (cd "$HOME_DIR" && docker compose --project-name "$PROJECT" "$@"); }

restore_volume() {
  local began=$SECONDS how=restored
  case $(part_kind "$1") in
    pgdump) restore_postgres ;;
    mongodump) restore_mongo ;;
    tar)
      if [ "$1" = app_logs ] && [ -n "$(in_volume app_logs ro ls -A </dev/null)" ]; then
        # What was logged since may say why this restore is needed.
        how="left as it is: it has newer logs"
      else
        fill_volume "$1"
      fi
      ;;
  esac
  say "  $1 $how, $((SECONDS - began)) s"
}

fill_volume() {
  local owner=''
  # The services run as 1000:1000; the databases' images look after theirs.
  case $1 in postgres_data | mongo_data) ;; *) owner='&& chown -R 1000:1000 .' ;; esac
  part_content "$1" tar |
    in_volume "$1" rw sh -c \
      "find . -mindepth 1 -maxdepth 1 ! -name $MARKER -exec rm -rf {} + && tar -xpf - $owner && sync"
}

restore_postgres() {
  start_database postgres 'pg_isready --quiet --host 127.0.0.1'
  part_content postgres_data pgdump | docker exec --interactive "${STARTED[0]}" sh -c "$POSTGRES_ENVIRONMENT"'
    set -e
    dropdb --force --if-exists --maintenance-db=postgres "$PGDATABASE" </dev/null
    createdb --maintenance-db=postgres "$PGDATABASE" </dev/null
    pg_restore --single-transaction --exit-on-error --dbname "$PGDATABASE"'
  stop_started
}

restore_mongo() {
  start_database mongo 'mongosh --quiet --norc --eval "db.adminCommand({ping: 1}).ok"'
  # The database goes as a whole: mongorestore drops only the collections that it has.
  docker exec "${STARTED[0]}" sh -c "$MONGO_ENVIRONMENT"'
    mongosh --quiet --norc --eval "
      if (process.env.user) db.getSiblingDB(\"admin\").auth(process.env.user, process.env.password);
      db.getSiblingDB(\"$name\").dropDatabase()"' >/dev/null
  part_content mongo_data mongodump | docker exec --interactive "${STARTED[0]}" sh -c "$MONGO_ENVIRONMENT"'
    mongorestore --quiet --archive --drop --nsInclude "$name.*" '"$MONGO_LOGIN"
  stop_started
}

# start_database SERVICE QUESTION: starts it alone, and waits until it answers.
start_database() {
  local id deadline=$((SECONDS + ${DIGIDIG_START_SECONDS:-120}))
  id=$(container_of "$1")
  if [ -z "$id" ]; then
    compose_files_exist || fail "there is no container of $1, and no Compose file to make it from"
    compose create "$1" >/dev/null 2>&1 || fail "docker compose create $1 failed"
    id=$(container_of "$1")
  fi
  STARTED=("$id")
  docker start "$id" >/dev/null
  until docker exec "$id" sh -c "$2" >/dev/null 2>&1; do
    [ $SECONDS -lt $deadline ] || fail "$1 does not answer: docker logs $(name_of "$id")"
    sleep 0.5
  done
}
