# shellcheck shell=bash
# What run, test and .ci/run share: a machine with what they need. Sourced, never executed.

policy_file=/usr/sbin/policy-rc.d
policy_mark="# Một Cửa Edge: packages are being installed; remove this file when no installation runs."

# Debian renamed the ALSA library for 64-bit times; both names hold the same one.
alsa_package() {
    if apt-cache show libasound2t64 >/dev/null 2>&1; then echo libasound2t64; else echo libasound2; fi
}

# Prints those of the packages that are not installed.
missing_packages() {
    local package
    for package in "$@"; do
        [[ $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) == installed ]] || echo "$package"
    done
}

# Daemons that a package brings must not start: invoke-rc.d and deb-systemd-invoke ask this file first.
# A policy of the machine's owner stands as it is.
forbid_daemons() {
    [[ ! -e $policy_file ]] || grep -qxF "$policy_mark" "$policy_file" || return 0
    printf '#!/bin/sh\n%s\nexit 101\n' "$policy_mark" >"$policy_file"
    chmod 755 "$policy_file"
}

# Also takes away the one that a killed installation left behind.
permit_daemons() {
    if [[ -e $policy_file ]] && grep -qxF "$policy_mark" "$policy_file"; then rm -f "$policy_file"; fi
}

# Installs what is missing, or says how and fails.
need_packages() {
    local missing
    mapfile -t missing < <(missing_packages "$@")
    ((${#missing[@]} > 0)) || return 0
    if ((EUID != 0)); then
        echo "Thiếu gói phần mềm. Packages are missing. Chạy lệnh này rồi thử lại · run this, then try again:" >&2
        echo "  sudo apt-get install --no-install-recommends ${missing[*]}" >&2
        return 1
    fi
    echo "Đang cài · installing: ${missing[*]}"
    # A subshell, so that its trap takes the guard away whatever happens.
    (
        trap permit_daemons EXIT
        trap 'exit 130' INT TERM HUP
        forbid_daemons
        install_packages "${missing[@]}"
    ) || return 1
    # The package would start another broker or database at the next boot; nobody asked for that one.
    local daemon
    for daemon in mosquitto postgresql; do
        if [[ " ${missing[*]} " == *" $daemon "* ]] && command -v systemctl >/dev/null; then
            systemctl disable --quiet "$daemon.service" >/dev/null 2>&1 || true
        fi
    done
    mapfile -t missing < <(missing_packages "$@")
    ((${#missing[@]} == 0)) || { echo "Không cài được · could not install: ${missing[*]}" >&2; return 1; }
}

install_packages() {
    local log
    log=$(mktemp)
    export DEBIAN_FRONTEND=noninteractive
    if ! apt-get install -y -q --no-install-recommends "$@" </dev/null >"$log" 2>&1; then
        # The lists of a fresh machine are empty or old.
        if ! { apt-get update -q && apt-get install -y -q --no-install-recommends "$@"; } </dev/null >"$log" 2>&1; then
            tail -n 20 "$log" >&2
            rm -f "$log"
            return 1
        fi
    fi
    rm -f "$log"
}

need_dotnet() {
    local folder
    if ! command -v dotnet >/dev/null; then
        for folder in "$HOME/.dotnet" /usr/share/dotnet /usr/lib/dotnet /opt/dotnet; do
            [[ ! -x $folder/dotnet ]] || { export PATH="$PATH:$folder" DOTNET_ROOT=$folder; break; }
        done
    fi
    if ! command -v dotnet >/dev/null; then
        echo "Cần .NET SDK 10. The .NET SDK 10 is needed (package dotnet-sdk-10.0, or Microsoft's dotnet-install script)." >&2
        return 1
    fi
    export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
    # Build servers would outlive us and keep our output open.
    export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0 UseSharedCompilation=false
}
