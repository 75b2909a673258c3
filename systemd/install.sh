#!/usr/bin/env bash
# Installs a published program as a service. Can be run again at any time: it replaces the program and keeps settings and data.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/places.sh"

usage() {
    cat <<'TEXT'
install.sh --edge FOLDER [--config FILE]   cài máy trung tâm · installs the edge from a published folder
install.sh --bridge FOLDER                 cài cầu nối tỉnh · installs the bridge
  --config FILE   centre.yaml ban đầu; tệp đã có không bị ghi đè · first configuration; an existing one stays
  --prefix DIR    cài vào thư mục khác, không đụng tới hệ thống · installs below DIR and leaves the system alone
  --help          trang này · this text
TEXT
}

part="" published="" config="" prefix=""
while (($# > 0)); do
    case $1 in
        --edge | --bridge) part=${1#--}; published=${2:-}; shift ;;
        --config) config=${2:-}; shift ;;
        --prefix) prefix=${2:-}; shift ;;
        --help) usage; exit 0 ;;
        *) usage >&2; exit 2 ;;
    esac
    shift || { usage >&2; exit 2; }
done
[[ -n $part ]] || { usage >&2; exit 2; }
name_places "$part" "$prefix"
[[ -x $published/$program || -f $published/$program.dll ]] || { echo "Không thấy chương trình · no program $program in '$published'" >&2; exit 2; }
if [[ -z $prefix ]] && ((EUID != 0)); then echo "Cần quyền root · run as root" >&2; exit 1; fi

make_user() {
    local group
    getent group "$user" >/dev/null || groupadd --system "$user"
    getent passwd "$user" >/dev/null || useradd --system --gid "$user" --home-dir /nonexistent --no-create-home --shell /usr/sbin/nologin "$user"
    # systemd refuses a unit whose groups are unknown.
    if [[ $part == edge ]]; then
        for group in gpio i2c spi audio lp dialout; do getent group "$group" >/dev/null || groupadd --system "$group"; done
    fi
}

# A program that was published without a launcher for this processor gets one.
write_launcher() {
    [[ ! -e $1 ]] || return 0
    printf '#!/bin/sh\nexec dotnet "$(dirname "$(readlink -f "$0")")/%s.dll" "$@"\n' "$program" >"$1"
    chmod 755 "$1"
}

# Beside the old one first: a power cut in the middle leaves a whole program, old or new.
copy_program() {
    mkdir -p "$(dirname "$program_folder")"
    rm -rf "$program_folder.new"
    cp -r "$published" "$program_folder.new"
    write_launcher "$program_folder.new/$program"
    chmod -R u=rwX,go=rX "$program_folder.new"
    sync
    rm -rf "$program_folder.old"
    [[ ! -e $program_folder ]] || mv "$program_folder" "$program_folder.old"
    mv "$program_folder.new" "$program_folder"
    rm -rf "$program_folder.old"
}

# Somebody else's command of that name stays.
link_command() {
    if [[ (-e $command || -L $command) && $(readlink "$command") != "$program_folder/$program" ]]; then
        echo "Đã có $command, không thay · left as it is"
        return 0
    fi
    mkdir -p "$(dirname "$command")"
    ln -sfn "$program_folder/$program" "$command"
}

write_settings() {
    mkdir -p "$settings"
    if [[ $part == edge ]]; then
        # A key that root puts here later belongs to the service's group by itself: the service reads it, and nobody else.
        if [[ -z $prefix ]]; then chgrp "$user" "$settings"; chmod 2755 "$settings"; fi
        if [[ ! -e $settings/centre.yaml && -n $config ]]; then install -m 0644 "$config" "$settings/centre.yaml"; fi
    elif [[ ! -e $settings/bridge/province.key ]]; then
        # Every centre trusts this key: made once, never again.
        mkdir -p "$settings/bridge"
        "$program_folder/$program" keys --out "$settings/bridge"
        [[ -n $prefix ]] || chown "$user:$user" "$settings/bridge/province.key"
    fi
}

check_settings() {
    if [[ $part == bridge ]]; then return 0; fi
    if [[ ! -e $settings/centre.yaml ]]; then
        echo "Chưa có $settings/centre.yaml; viết tệp này rồi chạy lại · write this file, then run again"
        return 1
    fi
    "$program_folder/$program" check --config "$settings/centre.yaml"
}

install_unit() {
    mkdir -p "$units"
    install -m 0644 "$here/$unit" "$units/$unit"
    if [[ $part == edge ]]; then
        mkdir -p "$rules"
        install -m 0644 "$here/60-motcua.rules" "$rules/60-motcua.rules"
        mkdir -p "$sysctls"
        install -m 0644 "$here/60-motcua-ping.conf" "$sysctls/60-motcua-ping.conf"
    fi
}

[[ -n $prefix ]] || make_user
copy_program
link_command
write_settings
install_unit
check_settings || { echo "Dịch vụ chưa được bật · the service is not enabled yet" >&2; exit 1; }

# Only where systemd runs, and never from below a prefix.
if [[ -z $prefix && -d /run/systemd/system ]]; then
    systemctl daemon-reload
    if [[ $part == edge ]]; then
        udevadm control --reload
        # A kernel without it, as in some containers, still serves; the watch then says that it may not ping.
        sysctl --quiet --load "$sysctls/60-motcua-ping.conf" || true
        udevadm trigger --subsystem-match=gpio --subsystem-match=i2c-dev --subsystem-match=spidev --subsystem-match=usbmisc --subsystem-match=tty
    fi
    systemctl enable --quiet "$unit"
    systemctl restart "$unit"
fi
echo "Đã cài · installed: $part"
