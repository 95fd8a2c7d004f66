// The command line. What it may do to the world is in `CommandLineIo`; the entry point in node/ brings the real one.

import { Argument, Command, CommanderError, Option } from 'commander';
import { severities, type Locale, type Severity } from '../rules/rule.ts';
import { closest } from '../text/closest.ts';
import { check } from './check.ts';
import { explain, listRules } from './explain.ts';
import { UsageError, type CommandLineIo } from './io.ts';
import { wordsFor, type Words } from './words.ts';

const status = { fine: 0, unusable: 2 } as const;

/**
 * Runs a command and answers its exit status: 0 fine, 1 findings, 2 nothing could be done.
 * @param argv the arguments behind the program's name
 */
export async function run(argv: readonly string[], io: CommandLineIo): Promise<number> {
  const words = wordsFor(localeIn(argv));
  let exitStatus: number = status.fine;
  const program = programFor(words, io, (result) => {
    exitStatus = result;
  });
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return exitStatus;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? status.fine : status.unusable;
    if (error instanceof UsageError) io.stderr.write(error.message.split('\n').map((line) => `mapwarden: ${line}\n`).join(''));
    else io.stderr.write(`mapwarden: ${words.crashed(error instanceof Error ? (error.stack ?? error.message) : String(error))}\n`);
    return status.unusable;
  }
}

/** The language is needed before the arguments are parsed: help and errors speak it, too. */
function localeIn(argv: readonly string[]): Locale {
  const asked = argv.flatMap((argument, i) => (argument === '--lang' ? [argv[i + 1]] : argument.startsWith('--lang=') ? [argument.slice('--lang='.length)] : []));
  return asked.at(-1) === 'zh-cn' ? 'zh-cn' : 'en';
}

interface CheckFlags {
  readonly format: 'text' | 'json';
  readonly fix?: true;
  readonly failOn: Severity;
  readonly config?: string;
  readonly rules?: readonly string[];
  readonly lang: Locale;
  readonly stats?: true;
  readonly cache: boolean;
  readonly cacheDir?: string;
}

function programFor(words: Words, io: CommandLineIo, end: (status: number) => void): Command {
  const color = wantsColor(io);
  const program = command(new Command('mapwarden'), words, io).description(words.description).version(io.version, '--version', words.versionOption);
  program.usage('<command>').argument('[command]').allowUnknownOption().allowExcessArguments().action((name: string | undefined) => {
    if (name === 'help') return program.outputHelp();
    if (name?.startsWith('-')) throw new UsageError(words.unknownOption(name));
    if (name !== undefined) throw new UsageError(words.unknownCommand(name, closest(name, program.commands.map((known) => known.name()))));
    // Without a command there is nothing to do; the help says what there is.
    program.outputHelp({ error: true });
    end(status.unusable);
  });
  add(program, 'check', words, io)
    .description(words.checkDescription)
    .addArgument(new Argument('[paths...]', words.pathsArgument).default([], '.'))
    .addOption(formatOption(words))
    .option('--fix', words.fixOption)
    .addOption(new Option('--fail-on <severity>', words.failOnOption).choices(severities.filter((severity) => severity !== 'off').reverse()).default('warning'))
    .option('--config <file>', words.configOption)
    .addOption(new Option('--rules <ids>', words.rulesOption).argParser(addRules))
    .addOption(langOption(words))
    .option('--stats', words.statsOption)
    .option('--cache-dir <folder>', words.cacheFolderOption)
    .option('--no-cache', words.noCacheOption)
    .action(async (paths: readonly string[], flags: CheckFlags) => {
      const { format, failOn, config, rules, lang } = flags;
      const options = { format, failOn, config, rules, locale: lang, fix: flags.fix === true, stats: flags.stats === true, color, cache: flags.cache ? { folder: flags.cacheDir ?? io.variables['MAPWARDEN_CACHE_DIR'] } : undefined };
      end(await check(paths, options, io));
    });
  add(program, 'explain', words, io)
    .description(words.explainDescription)
    .argument('[topic]', words.topicArgument)
    .option('--section <number>', words.sectionOption)
    .option('--contents', words.contentsOption)
    .addOption(langOption(words))
    .action((topic: string | undefined, { section, contents, lang }: { readonly section?: string; readonly contents?: true; readonly lang: Locale }) => explain(topic, { section, contents: contents === true, locale: lang, color }, io));
  add(program, 'rules', words, io)
    .description(words.rulesDescription)
    .addOption(formatOption(words))
    .addOption(langOption(words))
    .action(({ format, lang }: { readonly format: 'text' | 'json'; readonly lang: Locale }) => listRules({ format, locale: lang, color }, io));
  add(program, 'server', words, io)
    .description(words.serverDescription)
    .requiredOption('--stdio', words.stdioOption)
    .action(async () => end(await io.serve()));
  return program;
}

function add(program: Command, name: string, words: Words, io: CommandLineIo): Command {
  const child = command(new Command(name), words, io);
  program.addCommand(child);
  return child;
}

/** A command that says things in the user's language, through `io`, and throws instead of ending the process. */
function command(fresh: Command, words: Words, io: CommandLineIo): Command {
  const titles: Readonly<Record<string, string>> = { 'Usage:': words.usage, 'Options:': words.options, 'Commands:': words.commands, 'Arguments:': words.arguments };
  return fresh
    .exitOverride()
    .helpCommand(false)
    .allowExcessArguments(false)
    .helpOption('-h, --help', words.helpOption)
    .configureHelp({ styleTitle: (title) => titles[title] ?? title, helpWidth: Math.min(io.stdout.columns ?? 100, 120) })
    .configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      outputError: (text, write) => write(`mapwarden: ${text.replace(/^error: /, '')}`),
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    });
}

function formatOption(words: Words): Option {
  return new Option('--format <format>', words.formatOption).choices(['text', 'json']).default('text');
}

function langOption(words: Words): Option {
  return new Option('--lang <language>', words.langOption).choices(['en', 'zh-cn']).default('en');
}

/** `--rules a,b --rules c` names three rules. */
function addRules(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), ...value.split(',').map((id) => id.trim()).filter((id) => id !== '')];
}

/** See https://no-color.org: the variable counts when it is not empty, and wins over FORCE_COLOR. */
function wantsColor({ variables, stdout }: CommandLineIo): boolean {
  if (variables['NO_COLOR']) return false;
  const forced = variables['FORCE_COLOR'];
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  return stdout.isTerminal && variables['TERM'] !== 'dumb';
}
