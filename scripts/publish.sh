# shellcheck shell=bash
# Publishes the two programs as they would go to a box. Sourced by run.

publish_root=$root/artifacts/publish

runtime_id() {
    case $(uname -m) in
        x86_64) echo linux-x64 ;;
        aarch64) echo linux-arm64 ;;
        armv7l) echo linux-arm ;;
        *) echo "Máy này chưa được hỗ trợ · no build for this machine: $(uname -m)" >&2; return 1 ;;
    esac
}

# Sources newer than the last publish, folders included, so that a deleted file counts.
sources_changed() {
    [[ -f $publish_root/stamp ]] || return 0
    local newer
    newer=$(find "$root/edge" "$root/protocols" "$root/cloud-bridge" "$root"/Directory.*.props "$root/global.json" \
        \( -name bin -o -name obj \) -prune -o -newer "$publish_root/stamp" -print -quit)
    [[ -n $newer ]]
}

# The edge goes out with its runtime, trimmed and compiled ahead as one; the bridge, which has a server under it, uses the server's.
publish_one() {
    local project=$1 output=$2 rid=$3 log=$4 whole=${5:-false}
    local way ways=("--no-self-contained -p:PublishReadyToRun=true" "--no-self-contained")
    if $whole; then ways=("--self-contained" "${ways[@]}"); fi
    for way in "${ways[@]}"; do
        rm -rf "$output"
        # A folder of its own for what lies between: the tests build the same projects for another runtime.
        # shellcheck disable=SC2086 # the way is a list of options
        if aside "$log" dotnet publish "$root/$project" -c Release -r "$rid" $way --artifacts-path "$root/artifacts/between" -o "$output" -v quiet -nologo; then return 0; fi
        # The runtime and the compiler for this are packages of their own, which not every machine can get.
        grep -q 'NU1101\|NU1102\|NETSDK1094' "$log" || return 1
    done
    return 1
}

# Two starts at once take turns here.
publish_all() {
    mkdir -p "$publish_root"
    exec 8>"$publish_root/lock"
    flock 8
    if sources_changed; then
        local rid begun=$publish_root/begun log=$publish_root/log
        rid=$(runtime_id) || return 1
        touch "$begun"
        say "Đang biên dịch (lần đầu vài phút) · building, minutes at first"
        if ! { publish_one edge/Service/MotCua.Edge.csproj "$publish_root/edge" "$rid" "$log" true \
            && publish_one cloud-bridge/MotCua.CloudBridge.csproj "$publish_root/bridge" "$rid" "$log"; }; then
            say "Biên dịch lỗi · the build failed:"
            { grep -E 'error|warn' "$log" || tail -n 20 "$log"; } | sort -u | head -n 20
            return 1
        fi
        mv "$begun" "$publish_root/stamp"
    fi
    exec 8>&-
}

# The virtual centres of ./run --centres. Built only where somebody asks for them.
publish_fleet() {
    local log=$publish_root/fleet.log
    exec 8>"$publish_root/lock"
    flock 8
    if [[ ! -f $publish_root/fleet.stamp || $publish_root/stamp -nt $publish_root/fleet.stamp \
        || -n $(find "$root/tests/Fleet" \( -name bin -o -name obj \) -prune -o -newer "$publish_root/fleet.stamp" -print -quit) ]]; then
        say "Đang biên dịch các trung tâm ảo · building the virtual centres"
        if ! aside "$log" dotnet publish "$root/tests/Fleet/MotCua.Fleet.csproj" -c Release --artifacts-path "$root/artifacts/between-fleet" -o "$publish_root/fleet" -v quiet -nologo; then
            say "Biên dịch lỗi · the build failed:"
            { grep -E 'error|warn' "$log" || tail -n 20 "$log"; } | sort -u | head -n 20
            return 1
        fi
        touch "$publish_root/fleet.stamp"
    fi
    exec 8>&-
}
