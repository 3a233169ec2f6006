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
        line=$(tr '\0' ' ' <"/proc/$pid/cmdline" 2>/dev/null)
    else
        line=$(ps -p "$pid" -o args= 2>/dev/null)
    fi
    case "$line" in
    *-Dsignalbox.part="$name"*) return 0 ;;
    *) return 1 ;;
    esac
}
