# shellcheck shell=bash disable=SC2034
# Where the parts of a service lie. Sourced by install.sh and uninstall.sh.

# name_places PART PREFIX
name_places() {
    local part=$1 prefix=$2
    unit=motcua-$part.service
    if [[ $part == edge ]]; then program=MotCua.Edge user=motcua; else program=cloud-bridge user=motcua-bridge; fi
    program_folder=$prefix/opt/motcua/$part
    # The name that people type: edge, cloud-bridge.
    if [[ $part == edge ]]; then command=$prefix/usr/local/bin/edge; else command=$prefix/usr/local/bin/cloud-bridge; fi
    settings=$prefix/etc/motcua
    data=$prefix/var/lib/motcua-$part
    units=$prefix/etc/systemd/system
    rules=$prefix/etc/udev/rules.d
    sysctls=$prefix/etc/sysctl.d
}
