# shellcheck shell=bash
# Starts, watches and ends the parts of a running system. Sourced by run, which owns every process here by its id.

declare -A pids=()    # part → process id
declare -A logs=()    # part → its log file
start_order=()        # ended in the opposite order
aside_pid=""          # a long command that somebody waits for

say() { printf '%s\n' "$*"; }

now_ms() { local us=${EPOCHREALTIME/[.,]/}; echo $((us / 1000)); }

# True when something listens there.
port_busy() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# free_port VARIABLE WANTED WHAT: the wanted port, or the next free one, and says so.
free_port() {
    local -n chosen=$1
    local wanted=$2 what=$3
    chosen=$wanted
    while port_busy "$chosen" || [[ " ${taken_ports[*]:-} " == *" $chosen "* ]]; do
        chosen=$((chosen + 1))
        ((chosen <= 65535 && chosen < wanted + 100)) || { say "Không còn cổng trống từ $wanted · no free port from $wanted"; return 1; }
    done
    [[ $chosen == "$wanted" ]] || say "Cổng $wanted đang bận, $what dùng cổng $chosen · port $wanted is busy, using $chosen"
    taken_ports+=("$chosen")
}

# start PART COMMAND…
start() {
    local part=$1
    shift
    logs[$part]=$state/log/$part.log
    # Its own session: Ctrl-C reaches run alone, which ends the parts in order. Should run be killed outright, the kernel ends them.
    # The lock must not be inherited: it says that run lives.
    setpriv --pdeathsig TERM setsid "$@" </dev/null >>"${logs[$part]}" 2>&1 8>&- 9>&- &
    pids[$part]=$!
    # Its end is told by us, with its log, and not by the shell.
    disown "$!"
    [[ " ${start_order[*]:-} " == *" $part "* ]] || start_order+=("$part")
}

# aside LOG COMMAND…: runs a long command so that a signal to run ends it at once.
aside() {
    # The log is for the command alone: what run says while it ends must be seen.
    setpriv --pdeathsig TERM setsid "${@:2}" </dev/null >"$1" 2>&1 8>&- 9>&- &
    aside_pid=$!
    local code=0
    wait "$aside_pid" || code=$?
    aside_pid=""
    return "$code"
}

alive() { [[ -n ${pids[$1]:-} ]] && kill -0 "${pids[$1]}" 2>/dev/null; }

# Ends one part and waits; kills it when it does not end by itself.
stop() {
    local part=$1 pid=${pids[$1]:-} patience=100
    [[ -n $pid ]] || return 0
    unset "pids[$part]"
    kill -TERM "$pid" 2>/dev/null || true
    while kill -0 "$pid" 2>/dev/null; do
        if ((--patience == 0)); then kill -KILL "$pid" 2>/dev/null || true; fi
        sleep 0.1
    done
}

stop_all() {
    local i
    # The whole group: a compiler starts others.
    [[ -z $aside_pid ]] || kill -TERM -- "-$aside_pid" 2>/dev/null || true
    for ((i = ${#start_order[@]} - 1; i >= 0; i--)); do stop "${start_order[i]}"; done
}

show_log() {
    local part=$1
    say "  Những dòng cuối của $part · its last lines (${logs[$part]}):"
    tail -n 15 "${logs[$part]}" | sed 's/^/    /'
}

# wait_until PART SECONDS COMMAND…: until the command succeeds; tells when the part dies or is late.
wait_until() {
    local part=$1 seconds=$2 begun deadline
    shift 2
    begun=$(now_ms)
    deadline=$((begun + seconds * 1000))
    until "$@" >/dev/null 2>&1; do
        if ! alive "$part"; then
            say "✗ $part đã dừng · ended by itself"
        elif (($(now_ms) > deadline)); then
            say "✗ $part chưa sẵn sàng sau $seconds giây · not ready after $seconds s"
        else
            sleep 0.05
            continue
        fi
        show_log "$part"
        return 1
    done
}

# Asks a local address; no proxy of the machine may stand between.
http() { curl --silent --show-error --fail-with-body --noproxy '*' --max-time 10 "$@"; }

# holds JSON FILTER [JQ OPTIONS]: true when the filter says so. No answer is no: jq 1.6 takes nothing for a success.
holds() { [[ $(jq -r "${@:3}" "($2) | if . then \"yes\" else \"no\" end" <<<"$1") == yes ]]; }
