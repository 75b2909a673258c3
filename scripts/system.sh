# shellcheck shell=bash
# The whole system of ./run: broker, bridge, one edge with virtual hardware, and with --centres virtual centres beside it. Sourced by run.

taken_ports=()
trust=""    # folder of the authority and of what it gave out

prepare_state() {
    mkdir -p "$state"
    state=$(cd "$state" && pwd)
    exec 9>"$state/lock"
    if ! flock --nonblock 9; then
        say "Một ./run khác đang chạy với thư mục này · another ./run uses this folder: $state"
        say "Dùng --state DIR để chạy thêm · use --state DIR to run one more"
        return 1
    fi
    mkdir -p "$state/log" "$state/edge" "$state/bridge" "$state/programs"
    rm -f "$state"/log/*.log
}

# Copies, since a later build must not change the programs under a running system.
prepare_programs() {
    [[ -x $publish_root/edge/MotCua.Edge && -x $publish_root/bridge/cloud-bridge ]] \
        || { say "Chưa có bản biên dịch; chạy không có --no-build · nothing is built yet; leave out --no-build"; return 1; }
    if ((centres > 1)) && [[ ! -x $publish_root/fleet/MotCua.Fleet ]]; then
        say "Chưa biên dịch các trung tâm ảo; chạy không có --no-build · the virtual centres are not built; leave out --no-build"
        return 1
    fi
    rm -rf "$state/programs"
    cp -r "$publish_root" "$state/programs"
}

prepare_ports() {
    free_port edge_port "$port_base" edge
    free_port bridge_port $((port_base + 10)) bridge
    free_port broker_port $((port_base + 20)) mosquitto
    edge_url=http://127.0.0.1:$edge_port
    bridge_url=http://127.0.0.1:$bridge_port
}

# told NAME COMMAND…: a command of the bridge or the edge; what it said is shown when it fails.
told() {
    local name=$1
    shift
    "$@" >"$state/log/$name.log" 2>&1 || { logs[$name]=$state/log/$name.log; say "✗ $name"; show_log "$name"; return 1; }
}

# An authority of its own, made once: everything speaks TLS with certificates, as in a province.
make_trust() {
    local bridge=$state/programs/bridge/cloud-bridge
    [[ -f $state/province.key ]] || told keys "$bridge" keys --out "$state" || return 1
    [[ ! -f $trust/bridge.1/bridge.pem ]] || return 0
    rm -rf "$trust" "$state/ca.pem"
    told ca "$bridge" ca --out "$trust/ca" --name "Một Cửa Edge" \
        && told enrol-broker "$bridge" enrol --broker localhost,127.0.0.1 --ca "$trust/ca" --out "$trust" \
        && told enrol-bridge "$bridge" enrol --bridge 1 --ca "$trust/ca" --out "$trust"
}

# The box makes its key and asks; the province signs; the box takes it and is connected. centre.yaml is written anew at each start, so it takes it each time.
enrol_edge() {
    local bridge=$state/programs/bridge/cloud-bridge edge=$state/programs/edge/MotCua.Edge centre
    centre=$(sed -n 's/^centre: *//p' "$state/centre.yaml")
    if [[ ! -f $trust/$centre/centre.pem ]]; then
        told request "$edge" enrol --out "$trust" --config "$state/centre.yaml" \
            && told enrol-edge "$bridge" enrol "$centre" --request "$trust/$centre.csr" --ca "$trust/ca" --province "$state/province.pub" --mqtt "127.0.0.1:$broker_port" --out "$trust" || return 1
    fi
    sed -i "s|^  port: .*|  port: $broker_port|" "$trust/$centre/mqtt.yaml"
    told take "$edge" enrol --take "$trust" --config "$state/centre.yaml"
}

write_configuration() {
    trust=$state/trust
    make_trust || return 1
    # A country that comes back at once fills more than a province does.
    local queued=16777216 memory=1073741824
    ((centres == 1)) || { queued=134217728 memory=8589934592; }
    # What a province's broker runs with, on this machine only.
    {
        sed -e "s|^listener .*|listener $broker_port 127.0.0.1|" -e "s|^max_queued_bytes .*|max_queued_bytes $queued|" -e "s|^memory_limit .*|memory_limit $memory|" -e "s|/etc/motcua/broker/acl|$root/cloud-bridge/mosquitto/acl|" -e "s|/etc/motcua/broker/|$trust/broker/|" \
            "$root/cloud-bridge/mosquitto/mosquitto.conf"
        printf 'log_dest stderr\nlog_type error\nlog_type warning\nlog_type notice\n'
        # Otherwise it looks for a user that only its Debian service has.
        if ((EUID == 0)); then echo "user root"; fi
    } >"$state/mosquitto.conf"
    sed -e '/^mqtt:/,$d' -e "s|tcp 127.0.0.1:1883|tcp 127.0.0.1:$broker_port|" -e "s|http://127.0.0.1:8090/|$bridge_url/|" "$root/demo/centre.yaml" >"$state/centre.yaml"
    cp "$root/demo/procedures.yaml" "$state/procedures.yaml"
    enrol_edge
}

start_broker() {
    # A descriptor for each centre.
    ((centres == 1)) || ulimit -Sn "$(ulimit -Hn)"
    # Debian keeps it where only root's path leads.
    start mosquitto "$(PATH=$PATH:/usr/sbin:/usr/local/sbin command -v mosquitto)" -c "$state/mosquitto.conf"
}

start_bridge() {
    start bridge "$state/programs/bridge/cloud-bridge" --data "$state/bridge" --mqtt "127.0.0.1:$broker_port" --key "$state/province.key" --urls "$bridge_url" \
        --ca "$trust/bridge.1/ca.pem" --cert "$trust/bridge.1/bridge.pem" --certkey "$trust/bridge.1/bridge.key"
}

start_edge() {
    # The memory of the box: the same limits as in systemd/motcua-edge.service.
    start edge env DOTNET_gcServer=0 DOTNET_GCHeapHardLimit=0x3000000 DOTNET_TieredPGO=0 \
        "$state/programs/edge/MotCua.Edge" --config "$state/centre.yaml" --data "$state/edge" --urls "$edge_url"
}

# The first centre is the real edge; each of the others is one connection at the broker and three descriptors here.
start_fleet() {
    local most
    most=$(ulimit -Hn)
    [[ $most == unlimited ]] || ((most >= centres * 4)) || say "Giới hạn $most tệp mở có thể không đủ · the limit of $most open files may be too low"
    local fleet=$state/programs/fleet/MotCua.Fleet centre ids=() new=()
    mapfile -t ids < <("$fleet" --list --centres $((centres - 1)) --first 2)
    for centre in "${ids[@]}"; do [[ -f $trust/$centre/centre.pem ]] || new+=("$centre"); done
    if ((${#new[@]} > 0)); then
        told enrol-fleet "$state/programs/bridge/cloud-bridge" enrol "${new[@]}" --ca "$trust/ca" --province "$state/province.pub" --mqtt "127.0.0.1:$broker_port" --out "$trust" || return 1
    fi
    start fleet "$fleet" --broker "127.0.0.1:$broker_port" --key "$state/province.pub" --centres $((centres - 1)) --first 2 --tls "$trust"
}

bridge_healthy() { http "$bridge_url/healthz"; }
edge_ready() { holds "$(http "$edge_url/api/health")" '.ready'; }
edge_online() { holds "$(http "$edge_url/api/health")" '.ready and .uplink.online'; }

start_system() {
    local part begun
    for part in broker bridge edge; do
        begun=$(now_ms)
        "start_$part"
        case $part in
            broker) wait_until mosquitto 10 port_busy "$broker_port" ;;
            bridge) wait_until bridge 30 bridge_healthy ;;
            edge) wait_until edge 30 edge_ready ;;
        esac || return 1
        say "● $part sẵn sàng · ready ($(($(now_ms) - begun)) ms)"
    done
    wait_until edge 30 edge_online || return 1
    say "● đã nối với tỉnh · connected to the province"
    ((centres == 1)) || start_fleet
}

# Returns when a part ends; nobody but us should end one.
watch_system() {
    local part
    while true; do
        for part in "${start_order[@]}"; do
            alive "$part" || { say "✗ $part đã dừng · ended by itself"; show_log "$part"; return 1; }
        done
        sleep 1
    done
}
