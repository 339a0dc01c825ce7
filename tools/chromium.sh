#!/usr/bin/env bash
# tools/chromium.sh find     prints the path of a Chromium that starts, or nothing and exit code 1
# tools/chromium.sh install  the same; where none is, and as root on Debian or Ubuntu, installs one and a Burmese font
# Where none can be had, `install` says so and still ends well: the tests say which of them could not run.
set -euo pipefail

candidates=(chromium chromium-browser google-chrome google-chrome-stable
    "/Applications/Chromium.app/Contents/MacOS/Chromium"
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
# Whoever sets CHROMIUM means that one and no other.
[ -z "${CHROMIUM:-}" ] || candidates=("$CHROMIUM")

find_chromium() {
    local name path
    for name in "${candidates[@]}"; do
        path=$(command -v "$name") || continue
        # A package may leave a stub that only tells where to get the browser: ask it to start.
        if timeout 30 "$path" --version >/dev/null 2>&1; then
            echo "$path"
            return 0
        fi
    done
    return 1
}

has_burmese() { command -v fc-list >/dev/null && [ -n "$(fc-list :lang=my family)" ]; }

can_install() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null && [ -z "${CHROMIUM:-}" ]; }

install_missing() {
    local packages=()
    find_chromium >/dev/null || packages+=(chromium)
    has_burmese || packages+=(fontconfig fonts-sil-padauk)
    [ "${#packages[@]}" -gt 0 ] || return 0
    if ! can_install; then
        echo "Browser tests: missing ${packages[*]}; install them (on Debian: apt-get install ${packages[*]})." >&2
        return 0
    fi
    echo "Browser tests: installing ${packages[*]} with apt-get ..."
    export DEBIAN_FRONTEND=noninteractive
    { timeout 300 apt-get update -qq && timeout 600 apt-get install -qq -y --no-install-recommends "${packages[@]}"; } \
        >/dev/null || echo "Browser tests: apt-get could not install ${packages[*]}." >&2
}

case "${1:-}" in
    find) find_chromium ;;
    install) install_missing ;;
    *) echo "usage: tools/chromium.sh find|install" >&2; exit 2 ;;
esac
