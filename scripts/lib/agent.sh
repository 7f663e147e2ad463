# What scripts/backup-agent does with requests. Sourced after tools.sh, archive.sh and volumes.sh, with MODE (embedded or
# compose), FOLDER (the archives') and OWN (its own folder: last, running, results, verified) set.
# shellcheck shell=bash disable=SC2153

# Seconds between two signs of life.
ALIVE=20
MOST_ARCHIVES=100
MOST_RESULTS=20
CHILD=''
SAID=-$ALIVE
ARCHIVE_NAME='^digidig-backup-[0-9]{8}T[0-9]{6}Z(-[a-z]{1,20})?\.tar$'

# An interrupted request is told as such: it is not begun again, for it may have been what ended this program.
begin() {
  local id verb archive by
  umask 077
  mkdir -p "$OWN" 2>/dev/null || fail "$OWN can't be made"
  rm -f "$OWN/wake"
  mkfifo "$OWN/wake"
  exec 7<>"$OWN/wake"
  if command -v flock >/dev/null; then
    exec 8>"$OWN/lock"
    flock -n 8 || exit 0
  fi
  # Whoever calls ./digidig from here must not end this program.
  export DIGIDIG_BACKUP_AGENT=$$ DIGIDIG_BUILD=never
  trap 'exit 143' HUP INT TERM
  if [ -s "$OWN/running" ]; then
    read -r id verb archive by _ <"$OWN/running"
    note_result "$id" "$verb" "$archive" "$by" failed "it was interrupted"
    rm -f "$OWN/running"
  fi
}

# Sleeps without a process that would outlive this one.
nap() { read -r -t "$1" -u 7 || true; }

now() { date -u +%Y-%m-%dT%H:%M:%SZ; }

# in_admin_data SCRIPT [ARGUMENT...]: by sh, in admin's data folder. In containers it sees that volume and nothing else, so
# that a link in there leads nowhere.
in_admin_data() {
  if [ "$MODE" = compose ]; then
    volume_exists admin_data || return 0
    in_volume admin_data rw sh -c "$1" sh "${@:2}"
  else
    [ -d "$RUN_DIR/admin-service/data" ] || return 0
    (cd "$RUN_DIR/admin-service/data" && exec sh -c "$1" sh "${@:2}")
  fi
}

pass() {
  local id line verb archive rest by
  [ $((SECONDS - SAID)) -lt $ALIVE ] || publish
  ! is_quiet || return 0
  while IFS=$'\t' read -r id line by; do
    read -r verb archive rest <<<"$line" || true
    [[ $id =~ ^[0-9]{13}$ ]] || continue
    if ! is_new "$id" || [ -n "$rest" ] || ! is_request "$verb" "$archive"; then
      say "$(now) what $id asks for is no request"
      drop_request "$id"
      continue
    fi
    [[ $by =~ ^[A-Za-z0-9.@_+=-]{1,320}$ ]] || by=-
    work "$id" "$verb" "${archive:--}" "$by" </dev/null
    return
  done < <(waiting_requests)
}

# Whether nobody asks for anything, where that can be told without starting a process.
is_quiet() { [ "$MODE" = embedded ] && ! compgen -G "$RUN_DIR/admin-service/data/backups/requests/[0-9]*" >/dev/null; }

# "id, request, who" of each, between tabs, the oldest first.
waiting_requests() {
  # shellcheck disable=SC2016
  in_admin_data '
    cd backups/requests 2>/dev/null || exit 0
    n=0
    for file in [0-9]*; do
      n=$((n + 1))
      [ $n -le 100 ] && [ -f "$file" ] && [ ! -L "$file" ] || continue
      printf "%s\t" "$file"
      head -c 500 "$file" | head -n 2 | tr -cd "\012\040-\176" | paste -s -d "\t" -
    done' </dev/null
}

# After the last one that was taken, and not of the future: an old data folder brings back old requests.
is_new() {
  local last
  last=$(cat "$OWN/last" 2>/dev/null || echo 0)
  [ "$1" -gt "$last" ] && [ "$1" -le $((($(date +%s) + 60) * 1000)) ]
}

is_request() {
  case $1 in
    backup) [ -z "$2" ] ;;
    verify | restore | delete) [[ $2 =~ $ARCHIVE_NAME ]] && archive_names | grep -xF -- "$2" >/dev/null ;;
    *) return 1 ;;
  esac
}

# Those that this program may touch, the newest first.
archive_names() {
  local file name
  for file in "$FOLDER"/digidig-backup-*.tar; do
    name=${file##*/}
    if [[ $name =~ $ARCHIVE_NAME ]] && [ -f "$file" ] && [ ! -L "$file" ]; then printf '%s\n' "$name"; fi
  done | sort -r | head -n $MOST_ARCHIVES
}

# work ID VERB ARCHIVE WHO
work() {
  local result=0 outcome='done' said archive=$3
  printf '%s\n' "$1 $2 $3 $4 $(now)" >"$OWN/running"
  printf '%s\n' "$1" >"$OWN/last"
  drop_request "$1"
  publish
  say "$(now) $2 $3, asked for by $4"
  # The suite that a restore starts must not hold this program's descriptors, of which one is its lock.
  "do_$2" "$3" >"$OWN/output" 2>&1 7>&- 8>&- &
  CHILD=$!
  while kill -0 "$CHILD" 2>/dev/null; do
    nap 1
    # During a restore the folder is not there, or must not be changed.
    [ "$2" = restore ] || [ $((SECONDS - SAID)) -lt $ALIVE ] || publish
  done
  wait "$CHILD" || result=$?
  CHILD=''
  cat "$OWN/output"
  said=$(grep -v '^ *$' "$OWN/output" | tail -n 1 || true)
  [ $result = 0 ] || outcome=failed
  if [ $result = 0 ]; then
    said=''
    [ "$2" != backup ] || archive=$(grep -oE 'digidig-backup-[0-9]{8}T[0-9]{6}Z\.tar' "$OWN/output" | tail -n 1)
  fi
  [ "$outcome $2" != "done verify" ] || note_verified "$3"
  note_result "$1" "$2" "$archive" "$4" $outcome "$said"
  rm -f "$OWN/running"
  publish
}

do_backup() {
  if [ "$MODE" = compose ]; then
    "$HOME_DIR/scripts/volume-manager" backup --to "$FOLDER"
  else
    "$HOME_DIR/digidig" backup "$FOLDER"
  fi
}

do_verify() {
  if [ "$MODE" = compose ]; then
    "$HOME_DIR/scripts/volume-manager" verify "$FOLDER/$1"
  else
    "$HOME_DIR/digidig" verify "$FOLDER/$1"
  fi
}

# It is checked before anything stops. Whatever comes of the restore, the suite is started again.
do_restore() {
  local result=0
  do_verify "$1" || return
  if [ "$MODE" = compose ]; then
    "$HOME_DIR/scripts/volume-manager" restore "$FOLDER/$1" --stop || result=$?
    publish
    (cd "$HOME_DIR" && docker compose --project-name "$PROJECT" up --detach) || return
  else
    "$HOME_DIR/digidig" down || return
    "$HOME_DIR/digidig" restore "$FOLDER/$1" || result=$?
    publish
    "$HOME_DIR/digidig" up || return
  fi
  [ $result = 0 ] || fail "the restore failed, and the suite was started again: see the agent's log"
}

do_delete() { rm -f -- "$FOLDER/$1"; }

# shellcheck disable=SC2016
drop_request() { in_admin_data 'rm -f "backups/requests/$1"' "$1" </dev/null; }

note_verified() {
  {
    tail -n $MOST_ARCHIVES "$OWN/verified" 2>/dev/null || true
    printf '%s %s %s\n' "$1" "$(size_of "$FOLDER/$1")" "$(now)"
  } >"$OWN/verified.new"
  mv "$OWN/verified.new" "$OWN/verified"
}

# note_result ID VERB ARCHIVE WHO OUTCOME WORDS
note_result() {
  {
    printf '%s\t%s\t%s\t%s\t%s\t%s\t%s\n' "$1" "$2" "$3" "$4" "$(now)" "$5" "$(printf '%.300s' "$6" | tr '\t' ' ')"
    cat "$OWN/results" 2>/dev/null || true
  } | head -n $MOST_RESULTS >"$OWN/results.new"
  mv "$OWN/results.new" "$OWN/results"
}

# Puts state.json there, whole or not at all.
publish() {
  local owner=''
  [ "$MODE" != compose ] || owner=1000:1000
  # shellcheck disable=SC2016
  state | in_admin_data '
    umask 077
    mkdir -p backups/requests && cat >backups/.state.new || exit
    [ -z "$1" ] || chown "$1" backups backups/requests backups/.state.new || exit
    mv backups/.state.new backups/state.json' "$owner" || say "$(now) admin's data can't be written to"
  SAID=$SECONDS
}

state() {
  local id verb archive by since ended outcome words comma=''
  printf '{"seenAt":"%s","mode":"%s","folder":%s,"running":' "$(now)" "$MODE" "$(json_text "$FOLDER")"
  if [ -s "$OWN/running" ]; then
    read -r id verb archive by since <"$OWN/running"
    printf '{"verb":"%s","archive":"%s","by":%s,"since":"%s"}' "$verb" "$archive" "$(json_text "$by")" "$since"
  else
    printf 'null'
  fi
  printf ',"archives":['
  archives
  printf '],"results":['
  [ ! -s "$OWN/results" ] || while IFS=$'\t' read -r id verb archive by ended outcome words; do
    printf '%s{"verb":"%s","archive":"%s","by":%s,"ended":"%s","outcome":"%s","words":%s}' "$comma" "$verb" "$archive" \
      "$(json_text "$by")" "$ended" "$outcome" "$(json_text "$words")"
    comma=,
  done <"$OWN/results"
  printf ']}\n'
}

# The archives of this mode and project: the others can't be restored here. Read anew only when something changed.
archives() {
  local name size manifest verified comma='' key
  key=$(archive_names | while read -r name; do printf '%s %s\n' "$name" "$(size_of "$FOLDER/$name")"; done)
  key=$key$(cat "$OWN/verified" 2>/dev/null || true)
  if [ ! -e "$OWN/archives" ] || [ "$(cat "$OWN/archives.key" 2>/dev/null || true)" != "$key" ]; then
    archive_names | while read -r name; do
      # The manifest is the beginning; tar complains of what was cut off.
      manifest=$(head -c 65536 "$FOLDER/$name" | tar -xOf - manifest 2>/dev/null | tr -d '\0' || true)
      [ "$(value_of "$manifest" mode)" = "$MODE" ] || continue
      [ "$MODE" = embedded ] || [ "$(value_of "$manifest" project)" = "$PROJECT" ] || continue
      size=$(size_of "$FOLDER/$name")
      verified=$(awk -v name="$name" -v size="$size" '$1 == name && $2 == size { at = $3 } END { print at }' \
        "$OWN/verified" 2>/dev/null || true)
      printf '%s{"name":"%s","octets":%s,"release":%s,"verifiedAt":"%s"}' "$comma" "$name" "$size" \
        "$(json_text "$(value_of "$manifest" product)")" "$verified"
      comma=,
    done >"$OWN/archives"
    printf '%s\n' "$key" >"$OWN/archives.key"
  fi
  cat "$OWN/archives"
}

# value_of MANIFEST NAME
value_of() { printf '%s\n' "$1" | sed -n "s/^$2 //p"; }

size_of() { wc -c <"$1" | tr -d ' '; }

# A text as JSON: printable ASCII alone.
json_text() { printf '"%s"' "$(printf '%.1000s' "$1" | LC_ALL=C tr -cd '\040-\176' | sed 's/[\\"]/\\&/g')"; }
