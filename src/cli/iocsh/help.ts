import { optionSpecs } from './options.ts'

/** The text of `iocsh --help`. */
export function helpText(): string {
  const rows = optionSpecs.map(({ names, value, optionalValue, help }) => {
    const shown = value ? ` ${optionalValue ? `[${value}]` : value}` : ''
    return { left: `${names.join(', ')}${shown}`, help }
  })
  const lines = rows.flatMap(({ left, help }) =>
    left.length > column - 2
      ? [`  ${left}`, `  ${' '.repeat(column)}${help}`]
      : [`  ${left.padEnd(column)}${help}`],
  )
  return [intro, ...lines, '', examples].join('\n')
}

const column = 34

const intro = `Usage: iocsh [options] [file [NAME=VALUE ...]] ...

Starts an EPICS IOC. All modules that the startup scripts require are found and checked before
anything is loaded; with mistakes nothing is started. Arguments act from left to right.

Files:
  *.db *.dbt *.template             database; NAME=VALUE arguments behind it are its macros
  *.sub *.subs *.subst              substitution file, also *.substitutions
  *.dbd *.so                        database definitions, shared library
  anything else                     startup script of the IOC shell
  @FILE                             more arguments, quoted as in a shell
  NAME=VALUE                        macro of the file before it, else a variable of the environment

Options:`

const examples = `Exit status: that of the IOC; 1 mistakes in the input, 2 wrong usage, 3 no usable base or run
directory. Nothing is started in these three cases.

Examples:
  iocsh st.cmd                      run a startup script
  iocsh -r asyn,4.42.0 -r stream    load modules, then leave you at the shell of the IOC
  iocsh st.cmd P=LAB: R=TEST        with macros
  iocsh -l ~/modules motor.db P=X   load a database; modules of your own are searched first
  iocsh --dry-run st.cmd            show what would be started
  iocsh st.cmd -c 'dbl'             run a command behind the script
  iocsh -dg st.cmd                  under gdb

See also: e3 --help`
