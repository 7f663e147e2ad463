# Runs in storage-service's container, by `docker exec -i CONTAINER bash -s -- hold SECONDS` or `... release ID`: asks the
# service to stand still, under the service's own credentials. Prints the hold's id. Only bash, cat and base64 are needed.
set -euo pipefail

# request HOST PORT METHOD PATH BODY HEADER...: the answer's status on the first line, then its body.
request() {
  local host=$1 port=$2 method=$3 path=$4 body=$5 line status
  shift 5
  exec 3<>"/dev/tcp/$host/$port"
  {
    printf '%s %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\nAccept: application/json\r\n' "$method" "$path" "$host"
    printf '%s\r\n' "$@" "Content-Length: ${#body}" ''
    printf '%s' "$body"
  } >&3
  IFS= read -r line <&3
  status=${line#* }
  printf '%s\n' "${status%% *}"
  cat <&3
  exec 3>&-
}

encoded() {
  local text=$1 i character
  for ((i = 0; i < ${#text}; i++)); do
    character=${text:i:1}
    case $character in [A-Za-z0-9._-]) printf '%s' "$character" ;; *) printf '%%%02X' "'$character" ;; esac
  done
}

field() { sed -n "s/.*\"$1\" *: *\"\([^\"]*\)\".*/\1/p" <<<"$2" | head -n 1; }

secret=${DIGIDIG_SERVICE_SECRET:-}
if [ -z "$secret" ] && [ -r /run/secrets/DIGIDIG_SERVICE_SECRET ]; then secret=$(cat /run/secrets/DIGIDIG_SERVICE_SECRET); fi
identity=${DIGIDIG_IDENTITY_URL:-http://identity-service:8001}
identity=${identity#*://}
identity=${identity%%/*}
login=$(printf 'storage-service:%s' "$(encoded "${secret:-digidig-development}")" | base64 -w 0)
answer=$(request "${identity%%:*}" "${identity##*:}" POST /oauth2/token 'grant_type=client_credentials&scope=internal' \
  "Authorization: Basic $login" 'Content-Type: application/x-www-form-urlencoded')
token=$(field access_token "$answer")
[ -n "$token" ] || { echo "identity gave no token: ${answer%%$'\n'*}" >&2; exit 1; }

own=(127.0.0.1 "${HEALTH_PORT:-8002}")
authorization="Authorization: Bearer $token"
case $1 in
  hold)
    answer=$(request "${own[@]}" POST /api/internal/quiesce "{\"seconds\":$2}" "$authorization" 'Content-Type: application/json')
    id=$(field id "$answer")
    [ -n "$id" ] || { echo "storage does not stand still: ${answer%%$'\n'*}" >&2; exit 1; }
    printf '%s\n' "$id"
    ;;
  release)
    answer=$(request "${own[@]}" DELETE "/api/internal/quiesce/$2" '' "$authorization")
    [ "${answer%%$'\n'*}" = 204 ] || { echo "storage went on before: ${answer%%$'\n'*}" >&2; exit 1; }
    ;;
esac
