#!/usr/bin/env bash
# What must not be in the tree: generated files, addresses of package registries, paths of one machine.
set -euo pipefail
cd "$(dirname "$0")/.."
if ! git rev-parse --is-inside-work-tree >/dev/null 2>&1; then
    echo "tree: not a git clone, nothing to compare with"
    exit 0
fi
faults=0

tell() { # tell "what is wrong" "lines, one per finding"
    [ -n "$2" ] || return 0
    printf 'tree: %s\n%s\n' "$1" "$2" >&2
    faults=1
}

tell "generated, yet in git; git rm --cached it" "$(git ls-files -ci --exclude-standard)"
tell "larger than 2 MB; data of that size is fetched, not kept" \
    "$(git ls-files -z | xargs -0 -r sh -c 'for f; do [ ! -f "$f" ] || find "$f" -size +2048k; done' sh)"

# Put together from pieces, or this file would find itself.
hosts="py""pi\.org|python""hosted\.org|registry\.npm""js|npm""js\.(com|org)|registry\.yarn""pkg|conda\.ana""conda|repo\.ana""conda"
tell "names a package registry; whoever installs uses their own" \
    "$(git grep -nIE "$hosts" -- . || true)"
paths="(^|[^[:alnum:]_./:-])/(ho""me|Us""ers|ro""ot|wo""rk|tm""p)/[[:alnum:]_.]"
tell "a path of one machine" "$(git grep -nIE "$paths" -- . ':!geodata' || true)"

[ "$faults" = 0 ] && echo "tree: nothing generated, no registry, no machine path"
exit "$faults"
