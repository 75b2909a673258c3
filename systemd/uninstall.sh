#!/usr/bin/env bash
# Takes a service away. Settings and data stay unless --purge.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/places.sh"

usage() {
    cat <<'TEXT'
uninstall.sh --edge | --bridge   gỡ dịch vụ, giữ cấu hình và dữ liệu · removes the service, keeps settings and data
  --purge         xóa cả cấu hình, khóa, nhật ký · removes settings, keys and journal too
  --prefix DIR    như install.sh · as for install.sh
  --help          trang này · this text
TEXT
}

part="" prefix="" purge=false
while (($# > 0)); do
    case $1 in
        --edge | --bridge) part=${1#--} ;;
        --purge) purge=true ;;
        --prefix) prefix=${2:-}; shift ;;
        --help) usage; exit 0 ;;
        *) usage >&2; exit 2 ;;
    esac
    shift || { usage >&2; exit 2; }
done
[[ -n $part ]] || { usage >&2; exit 2; }
name_places "$part" "$prefix"
if [[ -z $prefix ]] && ((EUID != 0)); then echo "Cần quyền root · run as root" >&2; exit 1; fi

if [[ -z $prefix && -d /run/systemd/system ]]; then systemctl disable --now --quiet "$unit" 2>/dev/null || true; fi
rm -f "$units/$unit"
[[ $part != edge ]] || rm -f "$rules/60-motcua.rules" "$sysctls/60-motcua-ping.conf"
if [[ $(readlink "$command" || true) == "$program_folder/$program" ]]; then rm -f "$command"; fi
rm -rf "$program_folder"
if [[ -z $prefix && -d /run/systemd/system ]]; then systemctl daemon-reload; fi
if $purge; then
    rm -rf "$data"
    if [[ $part == edge ]]; then
        # With what a write that was cut off left beside them.
        for file in centre.yaml province.pub ca.pem centre.pem centre.key centre.key.next; do rm -f "$settings/$file" "$settings/$file.new"; done
    else
        rm -rf "$settings/bridge" "$settings/bridge.env"
    fi
    rmdir --ignore-fail-on-non-empty "$settings" 2>/dev/null || true
fi
echo "Đã gỡ · removed: $part"
