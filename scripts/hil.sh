# shellcheck shell=bash
# The suite that drives real character devices: Debian's own kernel in an emulated machine, with the edge and its tests inside. Sourced by test.
#
#   packages ─► kernel, its modules, gpio-sim (from the kernel's source), our wires ┐
#   the edge as published, the tests as built, the .NET runtime ───────────────────┴► initramfs ─► QEMU ─► report over a serial port

hil_work=$root/artifacts/hil

# Modules of Debian's kernel, in the order in which they need each other.
hil_modules=(
    fs/configfs/configfs drivers/i2c/i2c-dev drivers/watchdog/watchdog drivers/watchdog/softdog
    drivers/usb/common/usb-common drivers/usb/core/usbcore drivers/usb/gadget/udc/udc-core drivers/usb/gadget/libcomposite
    drivers/usb/gadget/function/usb_f_printer drivers/usb/gadget/udc/dummy_hcd drivers/usb/class/usblp
    sound/soundcore sound/core/snd sound/core/snd-timer sound/core/snd-pcm sound/drivers/snd-aloop
)
hil_modules=("${hil_modules[@]/%/.ko}")

hil_packages=(qemu-system-x86 seabios busybox-static linux-headers-amd64 gcc make cpio xz-utils "$(alsa_package)")

# Says why the suite cannot run here, or nothing.
hil_obstacle() {
    [[ $(uname -m) == x86_64 ]] || { echo "this machine is $(uname -m), and the emulated one is x86-64"; return; }
    command -v apt-get >/dev/null || { echo "Debian's packages (kernel, its source, QEMU) are needed, and there is no apt-get"; return; }
    need_packages "${hil_packages[@]}" >/dev/null 2>&1 \
        || echo "packages are missing: $(missing_packages "${hil_packages[@]}" | tr '\n' ' ')"
}

# hil_kernel VERSION: kernel and modules, kept for the next time. Nothing is installed; the packages are only unpacked.
hil_kernel() {
    local version=$1 folder=$hil_work/$1 build
    local source="linux-source-${version%.*}" modules="lib/modules/$version/kernel"
    # Kept as long as nothing else is asked of it.
    if [[ $(cat "$folder/holds" 2>/dev/null) != "${hil_modules[*]}" ]]; then
        rm -rf "$folder"
        mkdir -p "$folder/gpio-sim"
        (cd "$folder" && apt-get download -q "linux-image-$version" "$source") || return 1
        dpkg-deb --fsys-tarfile "$folder"/linux-image-*.deb | tar x -C "$folder" "./boot/vmlinuz-$version" \
            "${hil_modules[@]/#/./$modules/}" || return 1
        # Debian builds its kernel without the GPIO simulator. One file takes generic_handle_irq, which is exported, for what is not.
        dpkg-deb --fsys-tarfile "$folder/$source"_*.deb | tar x -O "./usr/src/$source.tar.xz" | tar xJ -C "$folder/gpio-sim" --strip-components=3 \
            "$source/drivers/gpio/gpio-sim.c" "$source/drivers/gpio/gpiolib.h" "$source/kernel/irq/irq_sim.c" || return 1
        mv "$folder/gpio-sim/gpio-sim.c" "$folder/gpio-sim/simulator.c"
        sed -i 's/handle_simple_irq(irq_to_desc(irqnum))/generic_handle_irq(irqnum)/' "$folder/gpio-sim/irq_sim.c"
        printf 'obj-m := gpio-sim.o\ngpio-sim-y := simulator.o irq_sim.o\n' >"$folder/gpio-sim/Kbuild"
        hil_module "$version" "$folder/gpio-sim" || return 1
        find "$folder/$modules" -name '*.ko' -exec mv {} "$folder/" \;
        rm -f "$folder"/*.deb
        mv "$folder/gpio-sim/gpio-sim.ko" "$folder/"
        echo "${hil_modules[*]}" >"$folder/holds"
    fi
    if [[ ! $folder/motcua_wire.ko -nt $root/tests/Hil/module/motcua_wire.c ]]; then
        build=$folder/wire
        mkdir -p "$build"
        cp "$root/tests/Hil/module/motcua_wire.c" "$build/"
        echo 'obj-m := motcua_wire.o' >"$build/Kbuild"
        hil_module "$version" "$build" || return 1
        mv "$build/motcua_wire.ko" "$folder/"
    fi
}

# hil_module VERSION FOLDER
hil_module() {
    make -C "/usr/src/linux-headers-$1" M="$2" modules
}

# hil_image VERSION FILE [ARGUMENT…]: everything that the machine holds, in memory.
hil_image() {
    local version=$1 file=$2 tree=$hil_work/tree dotnet runtime
    dotnet=$(dirname "$(readlink -f "$(command -v dotnet)")")
    rm -rf "$tree"
    mkdir -p "$tree"/{bin,dev,proc,sys,tmp,modules,hil,edge,dotnet/shared,usr/share/zoneinfo/Asia}
    cp /bin/busybox "$tree/bin/"
    cp "$root/tests/Hil/init" "$tree/init"
    cp "$hil_work/$version"/*.ko "$tree/modules/"
    cp -r "$dotnet/dotnet" "$dotnet/host" "$tree/dotnet/"
    for runtime in Microsoft.NETCore.App Microsoft.AspNetCore.App; do
        mkdir "$tree/dotnet/shared/$runtime"
        cp -r "$(find "$dotnet/shared/$runtime" -mindepth 1 -maxdepth 1 -name '10.*' | sort -V | tail -n 1)" "$tree/dotnet/shared/$runtime/"
    done
    cp -r "$root/tests/Hil/bin/Release/net10.0/." "$tree/hil/"
    cp -r "$hil_work/edge/." "$tree/edge/"
    cp -L /usr/share/zoneinfo/Asia/Ho_Chi_Minh "$tree/usr/share/zoneinfo/Asia/" 2>/dev/null || true
    mkdir "$tree/usr/share/alsa"
    cp -r /usr/share/alsa/alsa.conf /usr/share/alsa/cards /usr/share/alsa/pcm "$tree/usr/share/alsa/"
    echo "${@:3}" >"$tree/hil/arguments"
    hil_libraries "$tree"
    (cd "$tree" && find . | cpio --quiet -o -H newc >"$file")
}

# hil_libraries TREE: the C library and what else the programs in it are linked with.
hil_libraries() {
    local library
    while IFS= read -r library; do
        mkdir -p "$1$(dirname "$library")"
        cp -L "$library" "$1$library"
    done < <({
        find "$1/dotnet" -type f \( -name dotnet -o -name '*.so' \) -exec ldd {} + 2>/dev/null | awk '$2 == "=>" && $3 ~ "^/" { print $3 } $1 ~ "ld-linux" { print $1 }'
        # Opened by name: when cryptography is first used, and by the speaker.
        ldconfig -p | awk '$1 ~ "^lib(ssl|crypto)\\.so\\.3$|^libasound\\.so\\.2$" { print $NF }'
    } | sort -u)
}

# hil_edge: the edge as it goes to a box.
hil_edge() {
    local log=$results/hil.publish.log
    local options=(-c Release -r linux-x64 --no-self-contained --artifacts-path "$hil_work/between" -o "$hil_work/edge" -v quiet -nologo)
    dotnet publish "$root/edge/Service/MotCua.Edge.csproj" "${options[@]}" -p:PublishReadyToRun=true </dev/null >"$log" 2>&1 9>&- && return 0
    # The compiler for that is a package of its own, which not every machine can get.
    dotnet publish "$root/edge/Service/MotCua.Edge.csproj" "${options[@]}" </dev/null >"$log" 2>&1 9>&-
}

# run_hil [ARGUMENT…]: arguments go to the test program.
run_hil() {
    local obstacle version report=$results/hil.json log=$results/hil.log code=0
    obstacle=$(hil_obstacle)
    if [[ -n $obstacle ]]; then
        echo "!! hil: SKIPPED, nothing was tried on a real kernel: $obstacle"
        return
    fi
    version=$(find /usr/src -maxdepth 1 -name 'linux-headers-*-amd64' -printf '%f\n' | sed 's/^linux-headers-//' | grep -v -E '^(rt|cloud)-' | sort -V | tail -n 1)
    echo "hil: building for Linux $version"
    if ! { hil_kernel "$version" && hil_edge; } >"$results/hil.build.log" 2>&1 </dev/null 9>&-; then
        echo "✗ hil: kernel modules or edge could not be built"
        tail -n 20 "$results/hil.build.log"
        fail "hil: build"
        return
    fi
    mkdir -p "$hil_work"
    hil_image "$version" "$hil_work/initramfs" "$@"
    rm -f "$report"
    # No KVM: nested machines hang in it, and emulation finds the races that speed hides.
    timeout --kill-after=10 600 qemu-system-x86_64 -accel tcg,thread=multi -smp 2 -m 1024 -nographic -no-reboot -net none \
        -kernel "$hil_work/$version/boot/vmlinuz-$version" -initrd "$hil_work/initramfs" \
        -serial mon:stdio -serial "file:$report" -append "console=ttyS0 quiet panic=-1 mitigations=off motcua.hil" </dev/null >"$log" 2>&1 9>&- || code=$?
    grep -a -o 'motcua.hil: .*' "$log" | tr -d '\r' || true
    count_report hil "$report" "$code" "$log"
}
