# What every command of ./digidig uses: words to the user, folders, the JDK, Maven. Sourced with HOME_DIR set.
# shellcheck shell=bash

LEAST_JAVA=25
LEAST_MAVEN=3.8.7
LEAST_FREE_MB=500

say() { printf '%s\n' "$*"; }

# fail LINE: says what is wrong in one line and ends.
fail() {
  printf '%s: %s\n' "${PROGRAM:-digidig}" "$*" >&2
  exit 1
}

absolute_path() { case $1 in /*) printf '%s' "$1" ;; *) printf '%s/%s' "$PWD" "$1" ;; esac; }

# The run folder as the user would type it: relative to the checkout when it lies in there.
short_path() { case $1 in "$HOME_DIR"/*) printf '%s' "${1#"$HOME_DIR"/}" ;; *) printf '%s' "$1" ;; esac; }

RUN_DIR=$(absolute_path "${DIGIDIG_RUN_DIR:-$HOME_DIR/run}")

need_writable_run_dir() {
  mkdir -p "$RUN_DIR" 2>/dev/null || true
  [ -w "$RUN_DIR" ] ||
    fail "$(short_path "$RUN_DIR") is not writable for $(id -un): set DIGIDIG_RUN_DIR to a folder of your own"
}

# One up, down or reset at a time in one run folder. The services must not inherit descriptor 9.
lock_run_dir() {
  command -v flock >/dev/null || return 0
  exec 9>"$RUN_DIR/lock"
  flock -w 300 9 || fail "another ./digidig works in $(short_path "$RUN_DIR")"
}

need_space() {
  local free
  free=$(df -Pk "$RUN_DIR" | awk 'NR == 2 { print int($4 / 1024) }')
  [ "${free:-0}" -ge $LEAST_FREE_MB ] ||
    fail "disk full: $free MB free where $(short_path "$RUN_DIR") is, $LEAST_FREE_MB MB are needed"
}

# The feature version of the JDK in a folder; nothing if there is none.
java_version_in() {
  [ -x "$1/bin/javac" ] && [ -x "$1/bin/java" ] || return 0
  local version=''
  [ ! -r "$1/release" ] || version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")
  [ -n "$version" ] || version=$("$1/bin/java" -version 2>&1 | sed -n '1s/.*"\([0-9]*\).*/\1/p')
  printf '%s' "$version"
}

java_candidates() {
  printf '%s\n' "${JAVA25_HOME:-}" "${JAVA_HOME:-}"
  local java
  if java=$(command -v java) && java=$(readlink -f "$java" 2>/dev/null); then printf '%s\n' "${java%/bin/java}"; fi
  if [ -x /usr/libexec/java_home ]; then /usr/libexec/java_home -v "$LEAST_JAVA+" 2>/dev/null || true; fi
  printf '%s\n' /usr/lib/jvm/* /usr/java/* /opt/*jdk* /opt/java/* "${HOME:-/}"/.jdks/* "${HOME:-/}"/.sdkman/candidates/java/*
}

# Sets and exports JAVA_HOME: the first JDK that is new enough.
find_java() {
  local folder version
  while IFS= read -r folder; do
    [ -n "$folder" ] || continue
    version=$(java_version_in "$folder")
    if [ "${version:-0}" -ge $LEAST_JAVA ]; then
      export JAVA_HOME=$folder
      return
    fi
  done < <(java_candidates)
  fail "no JDK $LEAST_JAVA or newer found: install one, or set JAVA_HOME to its folder"
}

# Sets MAVEN. Runs on JAVA_HOME.
find_maven() {
  local version
  MAVEN=$(command -v mvn || true)
  if [ -n "${MAVEN_HOME:-}" ] && [ -x "$MAVEN_HOME/bin/mvn" ]; then MAVEN=$MAVEN_HOME/bin/mvn; fi
  [ -n "$MAVEN" ] || fail "no Maven found: install Maven $LEAST_MAVEN or newer (mvn on the PATH, or MAVEN_HOME)"
  version=$("$MAVEN" -B -v 2>/dev/null | sed -n 's/.*Apache Maven \([0-9.]*\).*/\1/p' | head -n 1)
  [ "$(printf '%s\n%s\n' "$LEAST_MAVEN" "${version:-0}" | sort -V | head -n 1)" = $LEAST_MAVEN ] ||
    fail "Maven ${version:-of unknown version} at $MAVEN is too old: install $LEAST_MAVEN or newer"
}
