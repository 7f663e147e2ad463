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
  "$MAVEN" -f "$HOME_DIR/pom.xml" -B package -DskipTests -Dspotless.check.skip=true -pl "${modules%,}" -am 2>&1 9>&- |
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

# Reads Maven's output; says when a module is done, and how downloads go.
show_build_progress() {
  local line module='' began=$SECONDS downloads=0
  while IFS= read -r line; do
    case $line in
      '[INFO] Building '*' ['*/*']')
        [ -z "$module" ] || printf '  %-18s %4d s\n' "$module" $((SECONDS - began))
        module=${line#'[INFO] Building '}
        module=${module%% *}
        began=$SECONDS
        ;;
      '[INFO] Reactor Summary'* | '[INFO] BUILD'*)
        [ -z "$module" ] || printf '  %-18s %4d s\n' "$module" $((SECONDS - began))
        module=''
        ;;
      *'Downloaded from '*)
        downloads=$((downloads + 1))
        [ $((downloads % 200)) != 0 ] || printf '  %-18s %4d files downloaded so far\n' "${module:-...}" "$downloads"
        ;;
    esac
  done
}
