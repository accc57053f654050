# Puts iocsh and e3 on PATH for this shell: . e3-env.sh    Undo: e3_deactivate
# For POSIX sh, bash and zsh. Sets E3_REQUIRE_*, leaves E3_SITEMODS_PATH and EPICS_DRIVER_PATH alone.
# shellcheck shell=sh

if command -v e3_deactivate >/dev/null 2>&1; then e3_deactivate; fi

# Everything happens inside this function, which removes itself: no name is left behind.
e3_activate() {
  if [ -n "${BASH_VERSION-}" ]; then
    eval 'set -- "${BASH_SOURCE[1]}"'
  elif [ -n "${ZSH_VERSION-}" ]; then
    # Modes that imitate another shell hide this from zsh's own language: asked in a subshell.
    set -- "$(eval 'emulate zsh'; eval 'print -r -- "${(%):-%x}"')"
  else
    # Other shells do not tell, but they have this file open: the last one of that name, if another one
    # sources it. In a subshell $$ is not its own process.
    set -- "$(exec sh -c 'echo "$PPID"')"
    set -- "$(ls "/proc/$1/fd" 2>/dev/null | sort -n | while read -r open; do readlink "/proc/$1/fd/$open"; done | grep '/e3-env\.sh$' | tail -n 1)"
    [ -n "$1" ] || set -- ./e3-env.sh
  fi
  # A link to this file, in /etc/profile.d say, leads here.
  set -- "$(dirname -- "$(readlink -f -- "$1")")"
  if [ ! -x "$1/bin/iocsh" ]; then
    echo 'e3-env.sh: cannot find bin/iocsh next to this file: cd to its directory, then run: . ./e3-env.sh' >&2
    return 1
  fi
  case $1 in *:*)
    printf 'e3-env.sh: PATH cannot hold a folder with ":" in its name: %s\n' "$1" >&2
    return 1
  esac

  # The undo is written with the values of now in it, so that no variable has to keep them.
  eval "$(
    printf 'e3_deactivate() {\n'
    # Only the entry that is added below goes, and nothing in it is read as a pattern or command.
    printf '  set -- ":$PATH:" %s\n' "':$(printf %s "$1/bin" | sed "s/'/'\\\\''/g"):'"
    printf '  case $1 in *"$2"*) set -- "${1%%%%"$2"*}:${1#*"$2"}"; set -- "${1#:}"; PATH=${1%%:} ;; esac\n'
    for name in E3_REQUIRE_NAME E3_REQUIRE_VERSION E3_REQUIRE_LOCATION E3_REQUIRE_BIN; do
      eval "known=\${$name+yes} value=\${$name-}"
      # A value that was not exported is not afterwards: programs do not see it.
      printf '  unset %s\n' "$name"
      [ -n "$known" ] || continue
      printf "  %s='%s'\n" "$name" "$(printf %s "$value" | sed "s/'/'\\\\''/g")"
      if sh -c "[ -n \"\${$name+yes}\" ]"; then printf '  export %s\n' "$name"; fi
    done
    printf '  if [ -n "${BASH_VERSION-}" ]; then complete -r iocsh e3 2>/dev/null || :; unset -f _e3_complete; fi\n'
    printf '  if [ -n "${ZSH_VERSION-}" ]; then { compdef -d iocsh e3; unfunction _e3_complete; } 2>/dev/null || :; fi\n'
    printf '  unset -f e3_deactivate\n}\n'
  )"

  PATH=$1/bin${PATH:+:$PATH}
  E3_REQUIRE_NAME=require
  E3_REQUIRE_VERSION=$(sed -n 's/^ *"version": *"\(.*\)",*$/\1/p' "$1/package.json" | head -n 1)
  E3_REQUIRE_LOCATION=$1
  E3_REQUIRE_BIN=$1/bin
  export PATH E3_REQUIRE_NAME E3_REQUIRE_VERSION E3_REQUIRE_LOCATION E3_REQUIRE_BIN

  # Completion only where somebody types.
  case $- in *i*) ;; *) return 0 ;; esac
  if [ -n "${BASH_VERSION-}" ]; then
    eval '_e3_complete() {
      local IFS=$'"'\\n'"'
      COMPREPLY=($(e3 complete "$COMP_CWORD" "${COMP_WORDS[@]}" 2>/dev/null))
      case ${COMPREPLY[0]-} in *, | */) compopt -o nospace 2>/dev/null ;; esac
    }'
    complete -o default -F _e3_complete iocsh e3
  elif [ -n "${ZSH_VERSION-}" ] && command -v compdef >/dev/null 2>&1; then
    eval '_e3_complete() {
      local -a found
      found=(${(f)"$(e3 complete $((CURRENT - 1)) "${words[@]}" 2>/dev/null)"})
      if (( ${#found} )); then compadd -Q -S "" -- "${found[@]}"; else _files; fi
    }'
    compdef _e3_complete iocsh e3
  fi
  return 0
}

# Whoever sources this is told whether it worked.
if e3_activate; then unset -f e3_activate; else unset -f e3_activate; false; fi
