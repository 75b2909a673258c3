# shellcheck shell=bash
# The whole system of ./run: broker, bridge, one edge with virtual hardware, and with --centres virtual centres beside it. Sourced by run.

taken_ports=()

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

write_configuration() {
    # Queues are bounded in bytes: a count would let large messages fill the memory.
    cat >"$state/mosquitto.conf" <<CONF
listener $broker_port 127.0.0.1
allow_anonymous true
persistence false
max_inflight_messages 20
max_queued_messages 0
max_queued_bytes 134217728
max_packet_size 1048576
set_tcp_nodelay true
log_dest stderr
log_type error
log_type warning
log_type notice
CONF
    # Otherwise it looks for a user that only its Debian service has.
    if ((EUID == 0)); then echo "user root" >>"$state/mosquitto.conf"; fi

    [[ -f $state/province.key ]] || "$state/programs/bridge/cloud-bridge" keys --out "$state" >"$state/log/keys.log" 2>&1 \
        || { logs[keys]=$state/log/keys.log; say "✗ Không tạo được khóa · no keys"; show_log keys; return 1; }
    sed -e "s|^  port: .*|  port: $broker_port|" -e "s|tcp 127.0.0.1:1883|tcp 127.0.0.1:$broker_port|" -e "s|http://127.0.0.1:8090/|$bridge_url/|" \
        "$root/demo/centre.yaml" >"$state/centre.yaml"
}

start_broker() {
    # A descriptor for each centre.
    ((centres == 1)) || ulimit -Sn "$(ulimit -Hn)"
    # Debian keeps it where only root's path leads.
    start mosquitto "$(PATH=$PATH:/usr/sbin:/usr/local/sbin command -v mosquitto)" -c "$state/mosquitto.conf"
}

start_bridge() {
    start bridge "$state/programs/bridge/cloud-bridge" --data "$state/bridge" --mqtt "127.0.0.1:$broker_port" --key "$state/province.key" --urls "$bridge_url"
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
    start fleet "$state/programs/fleet/MotCua.Fleet" --broker "127.0.0.1:$broker_port" --key "$state/province.pub" --centres $((centres - 1)) --first 2
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
