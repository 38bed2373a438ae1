# What bin/upgrade, bin/release and bin/downgrade share. An installation is a folder with
#   releases/TAG      a version, with its own packages, static files and translations
#   current           a link to the release that runs
#   var               database and secret key; each release has a link to it
#   static            the static files of all releases that are kept, for nginx: pages of both versions find theirs
#   repository.git    where versions come from
release=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
home=${release%/releases/*}
environment=${POSDESK_ENV:-/etc/posdesk/env}
backups=${BACKUPS:-/var/backups/posdesk}

step() { echo "== $*"; }
fail() { echo "$*" >&2 && exit 1; }
running() { readlink -e "$home/current"; } # fails if there is none yet
setting() { sed -n "s/^$1=//p" "$environment" | tail -n 1; }

# One at a time, and nobody but the owner: what root wrote here, posdesk could not write again.
begin() {
    [[ $release != "$home" ]] || fail "$release is no release of an installation (docs/production.md)"
    [[ -O $home ]] || fail "$home belongs to $(stat --format %U "$home"): sudo -u $(stat --format %U "$home") $0"
    [[ -r $environment ]] || fail "can't read $environment"
    exec 9>"$home/.lock"
    flock --nonblock 9 || fail "another of these commands is still at work in $home"
}

# bin/database.py of this release, asked with the code and the settings of another: database_of RELEASE QUESTION …
database_of() { "$1/bin/with-settings" env PYTHONPATH=. .venv/bin/python "$release/bin/database.py" "${@:2}"; }

# nginx's folder gets the static files of a release. Their names differ where their content does; the list of names is the release's own.
publish_static() {
    cp --recursive --link --force "$1/static/." "$home/static/"
    rm -f "$home/static/staticfiles.json"
}

# The link is replaced in one step: there is always one.
switch_to() {
    ln --symbolic --force --no-dereference "releases/$(basename "$1")" "$home/.current"
    mv --no-target-directory "$home/.current" "$home/current"
}

# What a server that listens at BIND answers to a path: ask BIND PATH [OPTIONS of curl].
ask() {
    local bind=$1 url=http://$1$2 options=("${@:3}")
    if [[ $bind == unix:* ]]; then options+=(--unix-socket "${bind#unix:}") url=http://localhost$2; fi
    curl --silent --max-time 20 --header "Host: $(setting ALLOWED_HOSTS | cut --delimiter , --fields 1)" --header "X-Forwarded-Proto: https" "${options[@]}" "$url"
}

# New workers, and then whether they are those of the current release.
replace_workers() {
    local pidfile bind version
    pidfile=$(setting PIDFILE) bind=$(setting BIND) version=$(basename "$(running)")
    if ! kill -HUP "$(cat "${pidfile:-/run/posdesk/gunicorn.pid}" 2>/dev/null)" 2>/dev/null; then
        echo "posdesk isn't running: systemctl start posdesk"
        return
    fi
    for _ in {1..120}; do
        if ask "${bind:-unix:/run/posdesk/gunicorn.sock}" /readyz | grep --quiet "\"version\": \"$version\""; then
            echo "new workers have taken over: $version"
            return
        fi
        sleep 0.5
    done
    fail "no worker of $version has answered: journalctl -u posdesk -e. To go back: bin/downgrade"
}
