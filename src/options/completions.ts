import { COMMANDS } from './commands.js';
import { COMMAND_NAMES, type CommandName } from './option.js';
import { type CommandOption, optionsOf } from './options-of.js';

/** Completions of an option's value; undefined for files and free text. */
const choicesOf = ({ definition }: CommandOption): readonly string[] | undefined => {
  if (definition.kind === 'flag') return undefined;
  const { choices } = definition.type;
  return choices?.map(String);
};

/** The commands that have completions. */
const COMPLETED: readonly CommandName[] = COMMAND_NAMES.filter((name) => name !== 'extcap');

/** Words that can follow each command. */
const SUBCOMMANDS: { readonly [Name in CommandName]?: readonly string[] } = {
  convert: COMPLETED.filter((name) => name !== 'convert' && !name.includes(' ')),
  report: ['merge'],
  wireshark: ['install', 'uninstall', 'status'],
};

/** All ways to write an option. */
const namesOf = ({ definition: { short }, typed }: CommandOption): string[] =>
  short === undefined ? [typed] : [typed, `-${short}`];

/** A name for functions and variables of a shell. */
const identifier = (name: CommandName): string => name.replaceAll(' ', '_');

/** The command among the typed words, as shell code that sets a variable. */
const wordsOf = (name: CommandName): string =>
  optionsOf(name)
    .flatMap(namesOf)
    .concat(SUBCOMMANDS[name] ?? [])
    .join(' ');

/** Completions for bash: a script to source. */
export function bashCompletion(): string {
  const values = COMPLETED.flatMap((name) =>
    optionsOf(name).flatMap((option) => {
      const choices = choicesOf(option);
      const patterns = namesOf(option).map((typed) => `"${name} ${typed}"`);
      return choices === undefined ? [] : [`    ${patterns.join('|')}) words="${choices.join(' ')}" ;;`];
    }),
  );
  return `# bash completion for etlcap
_etlcap() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD - 1]} command=convert words=
  case "\${COMP_WORDS[1]} \${COMP_WORDS[2]}" in
    "report merge") ((COMP_CWORD > 2)) && command="report merge" || command=report ;;
${COMPLETED.filter((name) => name !== 'convert' && !name.includes(' '))
  .map((name) => `    "${name} "*) ((COMP_CWORD > 1)) && command=${name} ;;`)
  .join('\n')}
  esac
  case "$command $previous" in
${values.join('\n')}
  esac
  if [[ -z $words ]]; then
    case $command in
${COMPLETED.map((name) => `      "${name}") words="${wordsOf(name)}" ;;`).join('\n')}
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$current") $(compgen -f -- "$current"))
}
complete -o filenames -F _etlcap etlcap
`;
}

/** Completions for zsh: the file _etlcap of a folder in fpath. */
export function zshCompletion(): string {
  const functions = COMPLETED.map((name) => {
    const specs = optionsOf(name).flatMap((option) =>
      namesOf(option).map((typed) => `    ${quoted(zshSpec(option, typed))} \\`),
    );
    return `_etlcap_${identifier(name)}() {\n  _arguments -S \\\n${specs.join('\n')}\n    '*:file:_files'\n}`;
  });
  const commands = (SUBCOMMANDS.convert ?? []).map(
    (name) => `    ${name}) shift words; ((CURRENT--)); _etlcap_${name} ;;`,
  );
  return `#compdef etlcap
${functions.join('\n')}
_etlcap() {
  if ((CURRENT == 2)); then
    compadd -- ${(SUBCOMMANDS.convert ?? []).join(' ')}
  fi
  if [[ $words[2] == report && $words[3] == merge ]] && ((CURRENT > 3)); then
    shift 2 words; ((CURRENT -= 2)); _etlcap_report_merge
    return
  fi
  case $words[2] in
${commands.join('\n')}
    *) _etlcap_convert ;;
  esac
}
_etlcap "$@"
`;
}

/** `*--drops=[only dropped packets]:value:(only exclude)` */
function zshSpec(option: CommandOption, typed: string): string {
  const { definition, help } = option;
  const text = help.replace(/[[\]:\\]/gu, '\\$&');
  if (definition.kind === 'flag') return `${typed}[${text}]`;
  const choices = choicesOf(option);
  const action = choices === undefined ? '_files' : `(${choices.join(' ')})`;
  const repeated = definition.kind === 'list' ? '*' : '';
  const joined = typed.startsWith('--') ? '=' : '+';
  return `${repeated}${typed}${joined}[${text}]:${definition.value.replaceAll(':', '\\:')}:${action}`;
}

/** A word in single quotes for bash, zsh and fish. */
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;

/** Completions for fish: the file etlcap.fish of its completions folder. */
export function fishCompletion(): string {
  const subcommands = (SUBCOMMANDS.convert ?? []).map(
    (name) =>
      `complete -c etlcap -n __fish_use_subcommand -a ${name} -d ${quoted(COMMANDS[commandNamed(name)].description)}`,
  );
  const options = COMPLETED.flatMap((name) =>
    optionsOf(name).map((option) => {
      const { definition, help, typed } = option;
      const choices = choicesOf(option);
      const short = definition.short === undefined ? '' : ` -s ${definition.short}`;
      const values = choices === undefined ? ' -r' : ` -x -a ${quoted(choices.join(' '))}`;
      const value = definition.kind === 'flag' ? '' : values;
      return `complete -c etlcap -n ${quoted(fishCondition(name))}${short} -l ${typed.slice(2)}${value} -d ${quoted(help)}`;
    }),
  );
  return `# fish completion for etlcap\n${[...subcommands, ...options].join('\n')}\n`;
}

/** Whether a command is the one that is typed. */
function fishCondition(name: CommandName): string {
  if (name === 'convert') return '__fish_use_subcommand';
  if (name === 'report merge') return '__fish_seen_subcommand_from merge';
  return name === 'report'
    ? '__fish_seen_subcommand_from report; and not __fish_seen_subcommand_from merge'
    : `__fish_seen_subcommand_from ${name}`;
}

function commandNamed(text: string): CommandName {
  const name = COMMAND_NAMES.find((each) => each === text);
  if (name === undefined) throw new Error(`no command ${text}`);
  return name;
}

/** Completions for PowerShell: a script for the profile. */
export function powershellCompletion(): string {
  const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;
  const list = (texts: readonly string[]): string => `@(${texts.map(literal).join(', ')})`;
  const words = COMPLETED.map((name) => `    ${literal(name)} = ${list(wordsOf(name).split(' '))}`);
  const values = new Map(
    COMPLETED.flatMap((name) =>
      optionsOf(name).flatMap((option): [string, readonly string[]][] => {
        const choices = choicesOf(option);
        return choices === undefined ? [] : [[`${name} ${option.typed}`, choices]];
      }),
    ),
  );
  return `# PowerShell completion for etlcap
Register-ArgumentCompleter -Native -CommandName etlcap -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $words = @{
${words.join('\n')}
  }
  $values = @{
${[...values].map(([key, choices]) => `    ${literal(key)} = ${list(choices)}`).join('\n')}
  }
  $typed = @($commandAst.CommandElements | ForEach-Object { $_.ToString() })
  $before = if ($wordToComplete) { $typed.Count - 1 } else { $typed.Count }
  $command = 'convert'
  if ($before -gt 1 -and $words.ContainsKey($typed[1])) { $command = $typed[1] }
  if ($before -gt 2 -and $command -eq 'report' -and $typed[2] -eq 'merge') { $command = 'report merge' }
  $previous = if ($before -gt 0) { $typed[$before - 1] } else { '' }
  $candidates = $values["$command $previous"]
  if (-not $candidates) { $candidates = $words[$command] }
  $candidates | Where-Object { $_ -like "$wordToComplete*" } | ForEach-Object {
    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
  }
}
`;
}
