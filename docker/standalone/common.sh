# Shared by the commands beside it; sourced by bash.

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
dist=$here/target/dist

fail() {
    echo "signalbox: $*" >&2
    exit 1
}

# Prints the major version of a java executable; nothing if it does not run.
java_major() {
    [ -x "$1" ] || return 0
    "$1" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.specification\.version = \([0-9]*\).*/\1/p'
}

# Prints what keeps a JVM from 23 on from saying at each start that a library still uses sun.misc.Unsafe; older ones do not
# know the option.
memory_option() {
    if [ "$(java_major "$1/bin/java")" -ge 23 ]; then echo --sun-misc-unsafe-memory-access=allow; fi
}

# Prints the home of the first JDK >= 21: JAVA_HOME, the java on the PATH, JAVA_HOME_21_X64 and the like, then where
# systems and version managers install JDKs.
find_jdk() {
    local home major
    {
        echo "${JAVA_HOME:-}"
        java_on_path
        env | sed -n 's/^JAVA_HOME_[^=]*=//p' | sort -r
        if [ -x /usr/libexec/java_home ]; then /usr/libexec/java_home -v 21+ 2>/dev/null || true; fi
        ls -d /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* /Library/Java/JavaVirtualMachines/*/Contents/Home \
            /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
            "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* "$HOME"/.local/share/mise/installs/java/* 2>/dev/null | sort -r || true
    } | while IFS= read -r home; do
        [ -n "$home" ] && [ -x "$home/bin/javac" ] || continue
        major=$(java_major "$home/bin/java")
        if [ "${major:-0}" -ge 21 ]; then
            echo "$home"
            break
        fi
    done || true
}

# The java on the PATH is a link, often of several steps, and on macOS a stub: ask it where it lives.
java_on_path() {
    local java
    java=$(command -v java) || return 0
    "$java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p'
}

# Whether the process exists and is the part of that name, ours and not another with a reused id.
is_part() {
    local pid=$1 name=$2 line
    if [ -r "/proc/$pid/cmdline" ]; then
        # It may end just now.
        line=$({ tr '\0' ' ' <"/proc/$pid/cmdline"; } 2>/dev/null) || true
    else
        line=$(ps -p "$pid" -o args= 2>/dev/null) || true
    fi
    case "$line" in
    *-Dsignalbox.part="$name"*) return 0 ;;
    *) return 1 ;;
    esac
}

# Prints the names of the parts that match and run on $data, a line each.
running() {
    local file name
    for file in "$data"/run/$1.pid; do
        [ -f "$file" ] || continue
        name=$(basename "$file" .pid)
        if is_part "$(cat "$file")" "$name"; then echo "$name"; fi
    done
}

# Not if another process has the name by now.
forget() {
    [ "$(cat "$data/run/$1.pid" 2>/dev/null)" != "$2" ] || rm -f "$data/run/$1.pid"
}

# Asks the matching parts to end, all at once; kills what has not ended after 25 seconds.
stop() {
    local names name pid deadline
    names=$(running "$1")
    for name in $names; do kill "$(cat "$data/run/$name.pid")" 2>/dev/null || true; done
    for name in $names; do
        pid=$(cat "$data/run/$name.pid" 2>/dev/null) || continue
        deadline=$((SECONDS + 25))
        while is_part "$pid" "$name"; do
            if [ $SECONDS -ge $deadline ]; then kill -9 "$pid" 2>/dev/null || true; fi
            sleep 0.1
        done
        forget "$name" "$pid"
        printf '  %-15s stopped\n' "$name"
    done
}
