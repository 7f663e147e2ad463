# Backup archives, of ./digidig backup and scripts/volume-manager alike. Sourced after tools.sh.
#
# An archive is one tar file: first `manifest`, then `parts/<name>.<kind>`. Kinds: tar (files), pgdump (pg_dump's custom
# format), mongodump (mongodump's archive). The manifest is read without any tool but a shell:
#
#   digidig-backup 1                     the format's number
#   mode compose                         compose or embedded
#   project digidig                      Compose's project
#   product 0.1.0                        the release that wrote it
#   created 20261124T210000Z
#   part smtp_data tar 12345 <SHA-256>   name, kind, octets; in the order of the backup
#   end <SHA-256 of the lines above>
# shellcheck shell=bash

ARCHIVE_FORMAT=1

product_version() {
  local version=''
  # The parent of pom.xml has a version too; the product's is the first one below </parent>.
  [ ! -r "$HOME_DIR/pom.xml" ] ||
    version=$(sed -n '/<\/parent>/,/<version>/s/.*<version>\(.*\)<\/version>.*/\1/p' "$HOME_DIR/pom.xml" | head -n 1)
  [ -n "$version" ] || fail "can't tell which release this is: $HOME_DIR/pom.xml is not readable"
  printf '%s' "$version"
}

sha256() {
  if command -v sha256sum >/dev/null; then sha256sum "$@"; else shasum -a 256 "$@"; fi | cut -d ' ' -f 1
}

# The octets are on disk when this returns.
force_to_disk() { sync "$@" 2>/dev/null || sync; }

human_size() {
  awk -v octets="$1" 'BEGIN {
    split("B KB MB GB TB", unit); i = 1
    while (octets >= 1000 && i < 5) { octets /= 1000; i++ }
    printf (i == 1 || octets >= 100 ? "%.0f %s" : "%.1f %s"), octets, unit[i] }'
}

# begin_archive FOLDER MODE PROJECT [WHAT]: WHAT names a backup of one service. Sets STAGING, ARCHIVE.
begin_archive() {
  local folder=$1 created
  mkdir -p "$folder" 2>/dev/null || true
  { [ -d "$folder" ] && [ -w "$folder" ]; } || fail "$folder is not a folder that $(id -un) may write to"
  created=$(date -u +%Y%m%dT%H%M%SZ)
  ARCHIVE=$folder/digidig-backup-$created${4:+-$4}.tar
  [ ! -e "$ARCHIVE" ] || fail "$ARCHIVE is there already"
  # Passwords, keys and mail are in it.
  umask 077
  STAGING=$(mktemp -d "$folder/.digidig-backup-XXXXXX")
  mkdir "$STAGING/parts"
  printf '%s\n' "digidig-backup $ARCHIVE_FORMAT" "mode $2" "project $3" "product $(product_version)" "created $created" \
    >"$STAGING/manifest"
}

# put_part NAME KIND: standard input becomes a part. Its checksum comes later: a service may be waiting for the copy.
put_part() {
  cat >"$STAGING/parts/$1.$2"
  note_part "$1" "$2"
}

note_part() { printf '%s %s\n' "$1" "$2" >>"$STAGING/order"; }

# finish_archive KEEP: puts it together under a temporary name, forces it, renames it; then old ones go.
finish_archive() {
  local name kind
  [ -s "$STAGING/order" ] || fail "there is nothing to back up"
  while read -r name kind; do
    printf 'part %s %s %s %s\n' "$name" "$kind" "$(wc -c <"$STAGING/parts/$name.$kind" | tr -d ' ')" \
      "$(sha256 "$STAGING/parts/$name.$kind")"
  done <"$STAGING/order" >>"$STAGING/manifest"
  printf 'end %s\n' "$(sha256 "$STAGING/manifest")" >>"$STAGING/manifest"
  # shellcheck disable=SC2046
  tar -cf "$STAGING/archive" -C "$STAGING" manifest $(sed 's/\(.*\) \(.*\)/parts\/\1.\2/' "$STAGING/order")
  force_to_disk "$STAGING/archive"
  mv "$STAGING/archive" "$ARCHIVE"
  force_to_disk "${ARCHIVE%/*}"
  drop_staging
  say "Wrote $(short_path "$ARCHIVE"), $(human_size "$(wc -c <"$ARCHIVE")")"
  [ -z "$1" ] || drop_old_archives "$1"
}

# What is unfinished never stays, whatever ended the backup.
drop_staging() {
  [ -z "${STAGING:-}" ] || rm -rf "$STAGING"
  STAGING=''
}

# drop_old_archives KEEP: of the archives beside this one that are of the same kind, all but the newest KEEP.
drop_old_archives() {
  local keep=$1 file name kept=0 kind
  kind=$(archive_kind "$ARCHIVE")
  for file in "${ARCHIVE%/*}"/digidig-backup-*.tar; do printf '%s\n' "$file"; done | sort -r |
    while IFS= read -r file; do
      name=${file##*/digidig-backup-}
      case $name in [0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]T[0-9][0-9][0-9][0-9][0-9][0-9]Z*.tar) ;; *) continue ;; esac
      { [ "${name#????????T??????Z}" = "${ARCHIVE##*Z}" ] && [ "$(archive_kind "$file")" = "$kind" ]; } || continue
      kept=$((kept + 1))
      [ $kept -gt "$keep" ] || continue
      rm -f "$file"
      say "  removed $(short_path "$file")"
    done
}

# Mode and project of an archive; nothing when it is none. Reads its beginning only.
archive_kind() { head -c 65536 "$1" | tar -xOf - manifest 2>/dev/null | sed -n '/^mode /p; /^project /p' || true; }

need_count() { case $1 in '' | *[!0-9]* | 0*) fail "--keep needs a number from 1 on, not '$1'" ;; esac; }

# The content of a part: NAME KIND.
part_content() { tar -xOf "$ARCHIVE" "parts/$1.$2"; }

manifest_value() { printf '%s\n' "$MANIFEST" | sed -n "s/^$1 //p"; }

# "name kind octets checksum" of each part, in their order.
archive_parts() { manifest_value part; }

part_kind() { archive_parts | awk -v name="$1" '$1 == name { print $2 }'; }

# open_archive FILE MODE: checks everything about it, or ends with one line. Sets ARCHIVE, MANIFEST.
open_archive() {
  local names version
  ARCHIVE=$(absolute_path "$1")
  { [ -f "$ARCHIVE" ] && [ -r "$ARCHIVE" ]; } || fail "$1 is not a readable file"
  names=$(tar -tf "$ARCHIVE" 2>/dev/null) || refuse "it is no backup of DIGiDIG, or it is damaged (not a whole tar file)"
  [ "${names%%$'\n'*}" = manifest ] || refuse "it is no backup of DIGiDIG (no manifest)"
  MANIFEST=$(tar -xOf "$ARCHIVE" manifest | tr -d '\0')
  case $MANIFEST in "digidig-backup "*) ;; *) refuse "it is no backup of DIGiDIG (another manifest)" ;; esac
  [ "$(printf '%s\n' "$MANIFEST" | sed '$d' | sha256)" = "$(manifest_value end)" ] ||
    refuse "it is damaged (the manifest's checksum)"
  version=$(manifest_value digidig-backup)
  [ "$version" -le "$ARCHIVE_FORMAT" ] || refuse "its format, $version, is newer than this program's, $ARCHIVE_FORMAT"
  version=$(manifest_value product)
  ! is_newer "$version" "$(product_version)" ||
    refuse "it was made by release $version, this is $(product_version): use that release or a newer one"
  [ "$(manifest_value mode)" = "$2" ] || refuse "it is a backup of the other way to run DIGiDIG ($(manifest_value mode))"
  [ "$names" = "$(echo manifest && archive_parts | sed 's/\([^ ]*\) \([^ ]*\) .*/parts\/\1.\2/')" ] ||
    refuse "it is damaged (its parts are not those of its manifest)"
  check_parts
}

check_parts() {
  local name kind checksum outside
  while read -r name kind _ checksum; do
    [ "$(part_content "$name" "$kind" | sha256)" = "$checksum" ] || refuse "it is damaged (the checksum of $name)"
    case $kind in
      tar)
        outside=$(part_content "$name" tar | tar -tf - 2>/dev/null | awk '/^\/|(^|\/)\.\.(\/|$)/ { n++ } END { print n + 0 }') ||
          refuse "$name does not list to its end"
        [ "$outside" = 0 ] || refuse "$name has names that lead out of its folder"
        ;;
      pgdump) [ "$(part_content "$name" pgdump 2>/dev/null | head -c 5)" = PGDMP ] || refuse "$name is no dump of PostgreSQL" ;;
      mongodump) ;;
      *) refuse "$name is of the unknown kind $kind" ;;
    esac
  done < <(archive_parts)
}

refuse() { fail "$(short_path "$ARCHIVE") is refused: $*"; }

# is_newer A B: release A is newer than B. A snapshot counts as its release.
is_newer() {
  local a=${1%-SNAPSHOT} b=${2%-SNAPSHOT}
  [ "$a" != "$b" ] && [ "$(printf '%s\n%s\n' "$a" "$b" | sort -V | tail -n 1)" = "$a" ]
}

describe_archive() {
  say "$(short_path "$ARCHIVE"): whole; made $(manifest_value created) by release $(manifest_value product)"
  archive_parts | while read -r name kind octets _; do
    printf '  %-16s %-10s %10s\n' "$name" "$kind" "$(human_size "$octets")"
  done
}
