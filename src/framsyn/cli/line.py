"""Commands whose help and whose usage errors are in the reader's language.

The library that parses the line writes its own texts in English. Here its help is laid out anew from what
it knows of a command, and its errors are told by what they are, not by their text.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from difflib import get_close_matches
from functools import cache, partial
from importlib import import_module
from io import StringIO
from pathlib import Path
from typing import Any, get_args, get_type_hints

import typer
from typer.core import TyperCommand, TyperGroup

from framsyn.cli.output import print_error, print_plain
from framsyn.cli.reader import reader_words, words_for_errors
from framsyn.errors import FramsynError
from framsyn.i18n.translator import N_, Words

#: Exit status of what has been stopped by Ctrl-C.
INTERRUPTED = 130
#: Both ways of asking for help.
SETTINGS = {"help_option_names": ["-h", "--help"]}
#: The library's errors: which module they stand in differs between its versions.
ERRORS: Any = import_module(typer.BadParameter.__module__)
#: What stands for an option's value, by its type.
NUMBER, PATH, TEXT = N_("NUMBER"), N_("PATH"), N_("TEXT")
#: Names of arguments, as help and errors tell them.
ARGUMENTS = (N_("MUNICIPALITY"), N_("FILE"), N_("RULE"), N_("TEXT"), N_("ID"))
#: The library's option whose callback changes the user's shell.
INSTALLS = "install_completion"
#: The library's own help of its own options.
LIBRARY_HELP = (
    N_("Install completion for the current shell."),
    N_("Show completion for the current shell, to copy it or customize the installation."),
)


class _InReadersLanguage:
    """What `Command` and `Group` have in common."""

    def format_help(self: Any, ctx: Any, formatter: Any) -> None:
        """Write the help."""
        write_help(self, ctx, formatter)

    def get_help_option(self: Any, ctx: Any) -> Any:
        """The option that shows the help, by our own stream: the library's would not follow an encoding."""
        option = super().get_help_option(ctx)  # type: ignore[misc]  # of the library's class beside
        if option is not None:
            option.callback = _show_help
        return option


class Command(_InReadersLanguage, TyperCommand):
    """A command with help and refusals in the reader's language."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse the line; refuse what is left over."""
        ctx.allow_extra_args = True
        with _refusing(ctx, args):
            left = super().parse_args(ctx, list(args))
        if left and not ctx.resilient_parsing:
            raise FramsynError(
                "{command}: {extra} is one argument too many. Quote a value that holds spaces; see {command}"
                " --help.",
                command=ctx.command_path,
                extra=left[0],
            )
        return left

    def invoke(self, ctx: Any) -> Any:
        """Run it; Ctrl-C ends it with one word and the status of a program that was stopped."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            print_error(words_for_errors().gettext("Stopped."))
            raise typer.Exit(INTERRUPTED) from None


class Group(_InReadersLanguage, TyperGroup):
    """A command of commands; without any it shows its help and ends as a usage error does."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse the line up to the command's name."""
        with _refusing(ctx, args):
            rest = super().parse_args(ctx, list(args))
        if not ctx.resilient_parsing and not _has_command(ctx, rest):
            print_plain(ctx.get_help(), error=True)
            raise typer.Exit(ERRORS.UsageError.exit_code)
        return rest

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command by its name, else tell the nearest ones."""
        if ctx.resilient_parsing or self.get_command(ctx, args[0]) is not None:
            return super().resolve_command(ctx, args)
        raise no_such_command(args[0], ctx.command_path, self.list_commands(ctx))


def speak_of_completion(command: Any) -> None:
    """Let the option that installs completion tell of it in the reader's language."""
    for param in command.params:
        if param.name == INSTALLS:
            param.callback = partial(_install, param.callback)


def _install(library: Callable[..., Any], ctx: Any, param: Any, asked: Any) -> Any:
    if not asked or ctx.resilient_parsing:
        return asked
    try:
        with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
            library(ctx, param, asked)
    except SystemExit as ended:
        if ended.code:
            raise FramsynError(
                "This shell has no completion that can be installed: use bash, zsh, fish or PowerShell."
            ) from None
    print_plain(
        reader_words().gettext("Completion is installed. It works in terminals that are opened from now on.")
    )
    return ctx.exit()


def _show_help(ctx: Any, _param: Any, asked: bool) -> None:
    if asked and not ctx.resilient_parsing:
        print_plain(ctx.get_help())
        ctx.exit()


@contextmanager
def _refusing(ctx: Any, line: Sequence[str]) -> Iterator[None]:
    """Turn what the library refuses into an error of ours."""
    try:
        yield
    except ERRORS.UsageError as error:
        raise usage_error(error, ctx, line) from error


def _has_command(ctx: Any, rest: Sequence[str]) -> bool:
    """Whether a command's name is left on the line; the library's versions keep it in different places."""
    return bool(rest or getattr(ctx, "_protected_args", None) or getattr(ctx, "protected_args", None))


def no_such_command(name: str, path: str, known: Sequence[str]) -> FramsynError:
    """The refusal of an unknown command."""
    near = get_close_matches(name.lower(), known, n=3, cutoff=0.5)
    if near:
        return FramsynError(
            "{command} has no command {name}. The nearest: {nearest}. All of them: {command} --help.",
            command=path,
            name=name,
            nearest=", ".join(near),
        )
    return FramsynError(
        "{command} has no command {name}. All of them: {command} --help.", command=path, name=name
    )


def usage_error(error: Any, ctx: Any, line: Sequence[str]) -> FramsynError:
    """What the library refuses, told so that the user can put it right.

    Args:
        error: of the library's `UsageError` or a kind of it.
        ctx: of the command.
        line: what was given to it.
    """
    words, param = words_for_errors(), getattr(error, "param", None)
    if isinstance(error, ERRORS.NoSuchOption):
        return _no_such_option(error.option_name, ctx)
    if isinstance(error, ERRORS.BadOptionUsage):
        return _bad_option(error.option_name, ctx, words)
    if isinstance(error, ERRORS.MissingParameter) and param is not None:
        return FramsynError(
            "{command}: {name} is missing. Write {usage}; see {command} --help.",
            command=ctx.command_path,
            name=label_of(param, words),
            usage=usage_of(ctx, words),
        )
    if isinstance(error, ERRORS.BadParameter) and param is not None:
        return _bad_value(param, ctx, line, words)
    return FramsynError(
        "{command} cannot be run as it is written. See {command} --help.", command=ctx.command_path
    )


def _no_such_option(name: str, ctx: Any) -> FramsynError:
    known = [option for param in ctx.command.get_params(ctx) for option in param.opts]
    near = get_close_matches(name, known, n=3)
    if near:
        return FramsynError(
            "{command} has no option {name}. The nearest: {nearest}. All of them: {command} --help.",
            command=ctx.command_path,
            name=name,
            nearest=", ".join(near),
        )
    return FramsynError(
        "{command} has no option {name}. All of them: {command} --help.", command=ctx.command_path, name=name
    )


def _bad_option(name: str, ctx: Any, words: Words) -> FramsynError:
    """An option without its value, or with one that it does not take."""
    param = next((one for one in ctx.command.get_params(ctx) if name in one.opts), None)
    if param is None or getattr(param, "is_flag", False):
        return FramsynError(
            "{command}: {name} takes no value. Leave out what follows the equals sign.",
            command=ctx.command_path,
            name=name,
        )
    return FramsynError(
        "{command}: {name} lacks its value. Write {name} {value}.",
        command=ctx.command_path,
        name=name,
        value=metavar_of(param, ctx.command, words),
    )


def _bad_value(param: Any, ctx: Any, line: Sequence[str], words: Words) -> FramsynError:
    name = label_of(param, words)
    least, most = _bound_of(param, "min"), _bound_of(param, "max")
    if least is not None and most is not None:
        return FramsynError(
            "{command}: {name} must be a whole number from {least} to {most}; {value} is not.",
            command=ctx.command_path,
            name=name,
            least=least,
            most=most,
            value=_value_on(line, param.opts),
        )
    if kind_of(param, ctx.command) is NUMBER:
        return FramsynError(
            "{command}: {name} must be a whole number; {value} is not. Write {name} 20, for example.",
            command=ctx.command_path,
            name=name,
            value=_value_on(line, param.opts),
        )
    return FramsynError(
        "{command}: the value of {name} cannot be used. See {command} --help.",
        command=ctx.command_path,
        name=name,
    )


def _bound_of(param: Any, end: str) -> int | None:
    """The least or the most that an option takes: a part of the option, or in older libraries of its type."""
    for holder in (param, getattr(param, "type", None)):
        if isinstance(bound := getattr(holder, end, None), int):
            return bound
    return None


def _value_on(line: Sequence[str], options: Sequence[str]) -> str:
    """What an option is given on a line, the last time that it stands there."""
    found = ""
    for place, argument in enumerate(line):
        name, equals, value = argument.partition("=")
        if name in options:
            found = value if equals else "".join(line[place + 1 : place + 2])
    return found


def usage_of(ctx: Any, words: Words) -> str:
    """A command with what it needs, as it is written."""
    return " ".join((ctx.command_path, *usage_pieces(ctx, words)))


def usage_pieces(ctx: Any, words: Words) -> list[str]:
    """What stands after a command's name: what is required by name, the rest in brackets."""
    pieces, rest = [], []
    for param in ctx.command.get_params(ctx):
        if param.param_type_name == "argument":
            name = label_of(param, words)
            rest.append(name if param.required else f"[{name}]")
        elif param.required:
            pieces.append(f"{param.opts[0]} {metavar_of(param, ctx.command, words)}")
    group = [words.gettext("COMMAND …")] if isinstance(ctx.command, Group) else []
    options = words.gettext("[OPTIONS]")
    return [*rest, *pieces, options, *group]


def label_of(param: Any, words: Words) -> str:
    """An option as it is written, or an argument by its name in the reader's language."""
    if param.param_type_name == "option":
        return str(max(param.opts, key=len))
    return words.gettext((param.metavar or param.name).strip("[]").upper())


def metavar_of(param: Any, command: Any, words: Words) -> str:
    """What stands for an option's value; blank for a flag."""
    if getattr(param, "is_flag", False):
        return ""
    return words.gettext(param.metavar or kind_of(param, command))


def kind_of(param: Any, command: Any) -> str:
    """`NUMBER`, `PATH` or `TEXT`: what the function behind a command takes."""
    taken = get_type_hints(command.callback).get(param.name, str) if command.callback else str
    types = {taken, *get_args(taken)}
    return NUMBER if int in types else PATH if Path in types else TEXT


def write_help(command: Any, ctx: Any, formatter: Any) -> None:
    """Write a command's help: usage, what it does, arguments, options, commands."""
    words = reader_words()
    pieces = " ".join(usage_pieces(ctx, words))
    formatter.write_usage(ctx.command_path, pieces, prefix=words.gettext("Usage:") + " ")
    formatter.write_paragraph()
    with formatter.indentation():
        formatter.write_text(help_text(command.help or "", words))
    params = [param for param in command.get_params(ctx) if not getattr(param, "hidden", False)]
    arguments = [one for one in params if one.param_type_name == "argument"]
    options = [one for one in params if one.param_type_name == "option"]
    _section(
        formatter,
        words.gettext("Arguments"),
        [(label_of(one, words), _told(one, words)) for one in arguments],
    )
    _section(
        formatter,
        words.gettext("Options"),
        [(_written(one, command, words), _told(one, words)) for one in options],
    )
    if isinstance(command, Group):
        _section(formatter, words.gettext("Commands"), _commands(command, ctx, words))


def _section(formatter: Any, title: str, records: Sequence[tuple[str, str]]) -> None:
    if records:
        with formatter.section(title):
            formatter.write_dl(records)


def _commands(group: Any, ctx: Any, words: Words) -> list[tuple[str, str]]:
    found = [(name, group.get_command(ctx, name)) for name in group.list_commands(ctx)]
    return [(name, help_text(one.help or "", words)) for name, one in found if not one.hidden]


def _written(param: Any, command: Any, words: Words) -> str:
    """An option as it is written, with what stands for its value."""
    return f"{', '.join(sorted(param.opts, key=len))} {metavar_of(param, command, words)}".strip()


def _told(param: Any, words: Words) -> str:
    """What a parameter is, and its default."""
    text = (
        words.gettext("Show this help and exit.")
        if param.name == "help"
        else help_text(param.help or "", words)
    )
    notes = []
    variable = getattr(param, "envvar", None)
    if variable:
        notes.append(words.gettext("environment: {name}").format(name=variable))
    if param.required:
        notes.append(words.gettext("required"))
    elif _has_default(param):
        notes.append(words.gettext("default: {value}").format(value=param.default))
    return f"{text} [{'; '.join(notes)}]" if notes else text


def _has_default(param: Any) -> bool:
    """Whether the default says something: no flag's, no blank one, no sentinel of the library."""
    plain = isinstance(param.default, int | float | str) or hasattr(param.default, "__fspath__")
    return plain and not getattr(param, "is_flag", False) and str(param.default) != ""


def help_text(message: str, words: Words) -> str:
    """A help text in the reader's language, with the ids that it names."""
    plain = " ".join(message.split())
    text = words.gettext(plain)
    return text.replace("{ids}", _core_tasks()) if "{ids}" in text else text


@cache
def _core_tasks() -> str:
    from framsyn.report.listing import core_tasks

    return ", ".join(core_tasks())
