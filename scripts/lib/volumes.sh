# Docker volumes for scripts/volume-manager: names, containers, looking into them. Sourced after tools.sh.
# shellcheck shell=bash

PROJECT=${COMPOSE_PROJECT_NAME:-digidig}
TOOLS_IMAGE=${DIGIDIG_TOOLS_IMAGE:-alpine}
# Services refuse to start while their volume has this file.
MARKER=.restore-incomplete

VOLUMES=(postgres_data mongo_data identity_data storage_data smtp_data imap_data client_data admin_data apidocs_data
  app_logs test_data)

need_docker() {
  command -v docker >/dev/null || fail "no docker command found"
  docker info >/dev/null 2>&1 || fail "Docker does not answer: $(docker info 2>&1 | grep -v '^$' | tail -n 1)"
}

# volume_named WORD: smtp, smtp_data and digidig_smtp_data are smtp_data.
volume_named() {
  local word=${1#"$PROJECT"_} volume
  case $word in logs) word=app_logs ;; tests) word=test_data ;; esac
  for volume in "${VOLUMES[@]}"; do
    case $volume in "$word" | "${word%-service}_data")
      printf '%s' "$volume"
      return
      ;;
    esac
  done
  fail "no volume '$1': one of postgres mongo identity storage smtp imap client admin apidocs logs tests"
}

full_name() { printf '%s_%s' "$PROJECT" "$1"; }
volume_exists() { docker volume inspect "$(full_name "$1")" >/dev/null 2>&1; }

need_volume() { volume_exists "$1" || fail "there is no volume $(full_name "$1") yet: docker compose up makes it"; }

# Running containers that have a volume; of a Compose service; all running ones of the project.
users_of() { docker ps -q --filter "volume=$(full_name "$1")"; }
running() { docker ps -q --filter "label=com.docker.compose.project=$PROJECT" --filter "label=com.docker.compose.service=$1"; }
running_all() { docker ps -q --filter "label=com.docker.compose.project=$PROJECT"; }

# On one line: who has a volume, running or not.
container_names() {
  docker ps -a --filter "volume=$(full_name "$1")" --format '{{.Names}}{{if ne .State "running"}} ({{.State}}){{end}}' |
    paste -s -d ' ' -
}

# A service's container, running or not.
container_of() {
  docker ps -aq --filter "label=com.docker.compose.project=$PROJECT" \
    --filter "label=com.docker.compose.service=$1" | head -n 1
}
name_of() { docker inspect --format '{{.Name}}' "$1" | tr -d /; }

# in_volume VOLUME ro|rw COMMAND...: runs a program of the tools image in /data, which is the volume. `nocopy`, and no
# --workdir: either could give an empty volume another owner.
in_volume() {
  local volume=$1 mode=$2
  shift 2
  docker run --rm --interactive --network none --volume "$(full_name "$volume"):/data:$mode,nocopy" "$TOOLS_IMAGE" \
    sh -c 'cd /data && exec "$@"' sh "$@"
}

# "volume kilobytes owner mode marker" of every volume that exists; one container looks at all of them.
volume_facts() {
  local volume mounts=()
  for volume in "${VOLUMES[@]}"; do
    ! volume_exists "$volume" || mounts+=(--volume "$(full_name "$volume"):/v/$volume:ro,nocopy")
  done
  [ ${#mounts[@]} -gt 0 ] || return 0
  # shellcheck disable=SC2016
  docker run --rm --network none "${mounts[@]}" --env "MARKER=$MARKER" "$TOOLS_IMAGE" sh -c 'cd /v && for v in *; do
    marker=-; [ ! -e "$v/$MARKER" ] || marker=half-restored
    echo "$v $(du -sk "$v" | cut -f 1) $(stat -c "%u:%g %a" "$v") $marker $(df -Pk "$v" | tail -n 1 | awk "{ print \$4 }")"
  done'
}

list_command() {
  local facts volume size owner
  facts=$(volume_facts)
  printf '%-28s %10s  %-10s %s\n' VOLUME SIZE OWNER 'USED BY'
  for volume in "${VOLUMES[@]}"; do
    read -r size owner < <(printf '%s\n' "$facts" | awk -v v="$volume" '$1 == v { print $2, $3 }') || true
    if [ -z "$size" ]; then
      printf '%-28s %10s\n' "$(full_name "$volume")" '(none)'
    else
      printf '%-28s %10s  %-10s %s\n' "$(full_name "$volume")" "$(human_size $((size * 1024)))" "$owner" \
        "$(container_names "$volume")"
    fi
  done
}

status_command() {
  local volume size owner mode marker free bad=0 id missing=''
  while read -r volume size owner mode marker free; do
    case $volume in
      postgres_data | mongo_data) ;;
      *)
        if [ "$owner" != 1000:1000 ] && [ "$size" -gt 0 ]; then
          say "$(full_name "$volume") belongs to $owner (mode $mode), not to 1000:1000:" \
            "docker run --rm -v $(full_name "$volume"):/data alpine chown -R 1000:1000 /data"
          bad=1
        fi
        ;;
    esac
    if [ "$marker" != - ]; then
      say "$(full_name "$volume") is half restored: run restore again"
      bad=1
    fi
    if [ "$free" -lt $((LEAST_FREE_MB * 1024)) ]; then
      say "$(full_name "$volume") has $((free / 1024)) MB of free space left"
      bad=1
    fi
  done < <(volume_facts)
  for volume in "${VOLUMES[@]}"; do volume_exists "$volume" || missing+=" $volume"; done
  [ -z "$missing" ] || say "Not there; docker compose up makes those that are used, empty:$missing"
  for id in $(docker ps -q --filter "label=com.docker.compose.project=$PROJECT" --filter status=paused); do
    say "$(name_of "$id") is paused; if no backup is under way: docker unpause $(name_of "$id")"
    bad=1
  done
  [ $bad = 1 ] || say "All volumes that exist are as they should be."
  exit $((bad * 3))
}

inspect_command() {
  local volume
  volume=$(volume_named "$1")
  need_volume "$volume"
  docker volume inspect "$(full_name "$volume")"
  say "Used by: $(container_names "$volume")"
  # shellcheck disable=SC2016
  in_volume "$volume" ro sh -c 'echo "Files: $(find . -type f | wc -l), KB: $(du -sk . | cut -f 1)"; du -ak -d 1 . | sort -rn | head -n 20'
}

browse_command() {
  local volume
  volume=$(volume_named "$1")
  need_volume "$volume"
  # shellcheck disable=SC2016
  in_volume "$volume" ro sh -c 'if [ -d "./$1" ]; then ls -la "./$1"; else cat "./$1"; fi' sh "${2:-.}"
}

clean_command() {
  local word=all yes='' volume chosen=() ids answer id
  while [ $# -gt 0 ]; do
    case $1 in --yes) yes=1 ;; -*) fail "clean [VOLUME|all] [--yes]: not $1" ;; *) word=$1 ;; esac
    shift
  done
  if [ "$word" = all ]; then
    for volume in "${VOLUMES[@]}"; do ! volume_exists "$volume" || chosen+=("$volume"); done
  else
    volume=$(volume_named "$word")
    need_volume "$volume"
    chosen=("$volume")
  fi
  [ ${#chosen[@]} -gt 0 ] || { say "There are no volumes of project $PROJECT."; return; }
  for volume in "${chosen[@]}"; do
    ids=$(users_of "$volume")
    [ -z "$ids" ] || fail "$(full_name "$volume") is in use by $(container_names "$volume"): docker compose down"
  done
  if [ -z "$yes" ]; then
    printf 'This deletes for good, with all that is in them:'
    for volume in "${chosen[@]}"; do printf ' %s' "$(full_name "$volume")"; done
    printf '. Type yes: '
    read -r answer || answer=''
    [ "$answer" = yes ] || fail "nothing was deleted"
  fi
  for volume in "${chosen[@]}"; do
    # Stopped containers hold a volume too; they have nothing else that is worth keeping.
    for id in $(docker ps -aq --filter "volume=$(full_name "$volume")"); do docker rm "$id" >/dev/null; done
    docker volume rm "$(full_name "$volume")" >/dev/null
    say "  deleted $(full_name "$volume")"
  done
}
