# Completion of tiltas for bash: source this file, or put it into bash_completion.d.
_tiltas() {
  local word="${COMP_WORDS[COMP_CWORD]}" before="${COMP_WORDS[COMP_CWORD-1]}" options=""
  case "$before" in
    --format) COMPREPLY=($(compgen -W "table csv tsv json jsonl markdown list tree dot mermaid" -- "$word")); return ;;
    --color) COMPREPLY=($(compgen -W "auto always never" -- "$word")); return ;;
  esac
  if [ "$COMP_CWORD" -eq 1 ] && [ "${word#-}" = "$word" ]; then
    COMPREPLY=($(compgen -W "repl query run why describe find near path common timeline source draw plan check format save verify info help" -- "$word"))
    return
  fi
  case "${COMP_WORDS[1]}" in
    repl) options="--graph --no-graph --format --no-header --labels --spreadsheet --param --rules --facts --timeout --memory --threads --safe --self-check --stats --output --quiet --color --help --version" ;;
    query) options="--graph --no-graph --format --no-header --labels --spreadsheet --param --rules --facts --timeout --memory --threads --safe --self-check --stats --output --quiet --color --help --version" ;;
    run) options="--graph --no-graph --format --no-header --labels --spreadsheet --param --rules --facts --timeout --memory --threads --safe --self-check --stats --output --watch --quiet --color --help --version" ;;
    why) options="--graph --no-graph --format --param --rules --facts --timeout --memory --threads --safe --self-check --stats --output --not --all --ids --quiet --color --help --version" ;;
    describe) options="--graph --no-graph --format --no-header --labels --spreadsheet --param --rules --facts --timeout --memory --threads --safe --self-check --stats --output --all --quiet --color --help --version" ;;
    find) options="--graph --no-graph --format --no-header --labels --spreadsheet --param --rules --facts --timeout --memory --threads --safe --self-check --stats --output --quiet --color --help --version" ;;
    near) options="--graph --no-graph --format --no-header --labels --spreadsheet --param --rules --facts --timeout --memory --threads --safe --self-check --stats --output --all --quiet --color --help --version" ;;
    path) options="--graph --no-graph --format --no-header --labels --spreadsheet --param --rules --facts --timeout --memory --threads --safe --self-check --stats --output --quiet --color --help --version" ;;
    common) options="--graph --no-graph --format --no-header --labels --spreadsheet --param --rules --facts --timeout --memory --threads --safe --self-check --stats --output --all --quiet --color --help --version" ;;
    timeline) options="--graph --no-graph --format --no-header --labels --spreadsheet --param --rules --facts --timeout --memory --threads --safe --self-check --stats --output --quiet --color --help --version" ;;
    source) options="--graph --no-graph --format --no-header --labels --spreadsheet --param --rules --facts --timeout --memory --threads --safe --self-check --stats --output --quiet --color --help --version" ;;
    draw) options="--graph --no-graph --format --param --rules --facts --timeout --memory --threads --safe --self-check --stats --output --quiet --color --help --version" ;;
    plan) options="--graph --no-graph --param --rules --facts --timeout --memory --threads --safe --self-check --stats --output --run --quiet --color --help --version" ;;
    check) options="--graph --no-graph --param --rules --facts --timeout --memory --threads --safe --self-check --stats --quiet --color --help --version" ;;
    format) options="--timeout --memory --safe --check --quiet --color --help --version" ;;
    save) options="--graph --no-graph --param --rules --facts --memory --threads --safe --self-check --stats --quiet --color --help --version" ;;
    verify) options="--timeout --memory --safe --output --repair --quiet --color --help --version" ;;
    info) options="--timeout --memory --safe --quiet --color --help --version" ;;
    help) options="--quiet --color --help --version" ;;
  esac
  if [ "${word#-}" != "$word" ]; then
    COMPREPLY=($(compgen -W "$options" -- "$word"))
  else
    COMPREPLY=($(compgen -f -- "$word"))
  fi
}
complete -o filenames -F _tiltas tiltas
