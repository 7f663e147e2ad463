# Building for ./digidig: only when something changed, with a line for each module.
# shellcheck shell=bash

# Made when a build succeeded; sources newer than it mean a new build. (The jars' own times are fixed, so that the
# build is reproducible.)
STAMP=$HOME_DIR/target/digidig.built

# The runnable jar of a service; nothing if it is not built.
jar_of() {
  local jar
  for jar in "$HOME_DIR/$1/target/$1"-*-app.jar; do [ ! -f "$jar" ] || printf '%s\n' "$jar"; done | tail -n 1
}

app_folder_of() { printf '%s' "$HOME_DIR/$1/target/app"; }

# Unpacks the services' jars, and lets a start of each teach the virtual machine what to have ready: with the cache that
# remains, later starts take a third of the time. Without it a service starts as well.
prepare_apps() {
  local service job began=$SECONDS stale=() trained=()
  for service in $(service_names); do
    [ "$(app_mark "$service")" = "$(cat "$(app_folder_of "$service")/made-of" 2>/dev/null || true)" ] || stale+=("$service")
  done
  [ ${#stale[@]} -gt 0 ] || return 0
  say "Preparing fast starts (once after a build)"
  for service in "${stale[@]}"; do
    train "$service" 9>&- &
    trained+=($!)
  done
  # One by one: of several, wait tells only how the last ended.
  for job in "${trained[@]}"; do
    wait "$job" || fail "a service's jar can't be unpacked: is $(short_path "$HOME_DIR") writable for $(id -un)?"
  done
  say "  prepared in $((SECONDS - began)) s"
}

# What a prepared folder was made of, and on which virtual machine.
app_mark() { cksum <"$(jar_of "$1")" && cksum <"$JAVA_HOME/release" && printf '%s' "$JVM_OPTIONS $(heap_of "$1")"; }

train() {
  local service=$1 folder new work
  folder=$(app_folder_of "$service")
  new=$folder.$$
  work=$(mktemp -d)
  rm -rf "$new"
  "$JAVA_HOME/bin/java" -Djarmode=tools -jar "$(jar_of "$service")" extract --destination "$new" >/dev/null 2>&1 || return 1
  mv "$new/$service"-*.jar "$new/app.jar"
  rm -rf "$folder"
  mv "$new" "$folder"
  # shellcheck disable=SC2046,SC2086
  (
    cd "$work" || exit 1
    umask 077
    export SPRING_PROFILES_ACTIVE=embedded DIGIDIG_BIND_ADDRESS=127.0.0.1
    export DIGIDIG_DATA_DIR=$work/data DIGIDIG_LOGS_DIR=$work/logs DIGIDIG_TESTS_DIR=$work/tests
    "$JAVA_HOME/bin/java" "-DdigidigProcess=$work" $JVM_OPTIONS $(heap_of "$service") -XX:AOTCacheOutput="$folder/app.aot" \
      -Dspring.context.exit=onRefresh -jar "$folder/app.jar" >"$work/output" 2>&1 </dev/null
  ) || rm -f "$folder/app.aot"
  [ ! -f "$folder/app.aot" ] || chmod a+r "$folder/app.aot"
  app_mark "$service" >"$folder/made-of"
  # A database that it had ends a moment after it.
  rm -rf "$work" 2>/dev/null || { sleep 2 && rm -rf "$work"; } || true
}

is_built() {
  local service
  for service in $(service_names); do [ -n "$(jar_of "$service")" ] || return 1; done
  [ "${DIGIDIG_BUILD:-}" != never ] || return 0
  [ -f "$STAMP" ] || return 1
  [ -z "$(find "$HOME_DIR"/pom.xml "$HOME_DIR"/*/pom.xml "$HOME_DIR"/*/src/main -newer "$STAMP" -print | head -n 1)" ]
}

need_writable_targets() {
  local folder
  for folder in "$HOME_DIR" "$HOME_DIR"/*-lib "$HOME_DIR"/*-service "$HOME_DIR"/*/target; do
    [ ! -d "$folder" ] || [ -w "$folder" ] ||
      fail "can't build: $(short_path "$folder") is not writable for $(id -un)"
  done
}

build_if_needed() {
  local began=$SECONDS log=$RUN_DIR/build.log started modules result
  ! is_built || return 0
  [ "${DIGIDIG_BUILD:-}" != never ] || fail "not built, and DIGIDIG_BUILD=never"
  find_maven
  need_writable_targets
  say "Building on $JAVA_HOME (the whole output: $(short_path "$log"))"
  [ -d "${HOME:-/}/.m2/repository/org/springframework/boot" ] ||
    say "  Maven's local repository looks empty: it downloads some 200 MB first"
  started=$(mktemp)
  modules=$(service_names | tr '\n' ',')
  result=0
  # Two modules at once: each compiler takes more memory than a small machine has for many.
  "$MAVEN" -f "$HOME_DIR/pom.xml" -B -T 2 package -DskipTests -Dspotless.check.skip=true -pl "${modules%,}" -am 2>&1 9>&- |
    tee "$log" | show_build_progress || result=$?
  if [ $result != 0 ]; then
    rm -f "$started"
    grep -m 12 '^\[ERROR\]' "$log" >&2 || tail -n 12 "$log" >&2
    fail "the build failed: $(short_path "$log")"
  fi
  mkdir -p "${STAMP%/*}"
  touch -r "$started" "$STAMP"
  rm -f "$started"
  say "  built in $((SECONDS - began)) s"
}

# Reads Maven's output; says after how long a module is begun, and how downloads go.
show_build_progress() {
  local line module='' began=$SECONDS downloads=0
  while IFS= read -r line; do
    case $line in
      '[INFO] Building '*' ['*/*']')
        module=${line#'[INFO] Building '}
        module=${module%% *}
        printf '  %4d s  %s\n' $((SECONDS - began)) "$module"
        ;;
      *'Downloaded from '*)
        downloads=$((downloads + 1))
        [ $((downloads % 200)) != 0 ] || printf '  %4d s  %4d files downloaded so far\n' $((SECONDS - began)) "$downloads"
        ;;
    esac
  done
}
