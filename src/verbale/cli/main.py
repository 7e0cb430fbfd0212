"""The command ``verbale``: finds the command asked for and says what went wrong in words.

Exit codes: 0 done, 1 findings that block, 2 unusable input or arguments. Nothing prints a
traceback unless ``--debug`` is given. A command's module is imported when it is asked for.
"""

from __future__ import annotations

import importlib
import sys
from typing import TYPE_CHECKING, cast

import click

from verbale import __version__
from verbale.errors import VerbaleError
from verbale.workflow.outside import box, use_box

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

#: Command, the module it stands in, and what it does in a line.
COMMANDS = {
    "init": ("verbale.cli.registry", "Make a registry: database, objects, institution."),
    "circulate": (
        "verbale.cli.circulating",
        "Check, register, number and compose a communication.",
    ),
    "translate": ("verbale.cli.translating", "XLIFF files for translators, out and back."),
    "issue": ("verbale.cli.translating", "Issue a document whose versions are complete."),
    "show": ("verbale.cli.registry", "What the registry has under a symbol."),
    "cited-by": ("verbale.cli.registry", "The documents here that cite a symbol."),
    "history": ("verbale.cli.registry", "Every event of an entry."),
    "doctor": ("verbale.cli.registry", "The settings in force and where each comes from."),
    "receive": ("verbale.cli.arrivals", "Receive files and give a receipt; no symbol yet."),
    "reserve": ("verbale.cli.arrivals", "Reserve a symbol for what is announced."),
    "override": ("verbale.cli.acts", "Let a finding pass, with a reason."),
    "void": ("verbale.cli.acts", "Make a symbol void."),
    "withdraw": ("verbale.cli.acts", "Withdraw a document."),
    "restrict": ("verbale.cli.acts", "Show a document only to those with the right."),
    "derestrict": ("verbale.cli.acts", "Lift a restriction."),
    "embargo": ("verbale.cli.acts", "Hold a document back until an hour."),
    "reissue": (
        "verbale.cli.amendments",
        "Issue again for technical reasons, with an asterisk.",
    ),
    "corrigendum": ("verbale.cli.amendments", "Correct an issued document."),
    "addendum": ("verbale.cli.amendments", "Add to an issued document."),
    "revision": ("verbale.cli.amendments", "Replace the text of an issued document."),
    "reply-to": ("verbale.cli.acts", "Say that a document replies to another."),
    "session": ("verbale.cli.calendar", "The sessions of a body."),
    "agenda": ("verbale.cli.calendar", "The agendas of a session."),
    "export": ("verbale.cli.exporting", "A bundle that verifies elsewhere."),
    "verify": (
        "verbale.cli.verifying",
        "What a file is: issued, superseded, altered, not ours.",
    ),
    "log": ("verbale.cli.publiclog", "The public log: head, proof, audit, rotate."),
    "backup": ("verbale.cli.exporting", "The whole registry in one file, while it runs."),
    "restore": ("verbale.cli.exporting", "A registry from its backup."),
    "search": ("verbale.cli.searching", "Find documents: the same syntax as the site."),
    "reindex": ("verbale.cli.searching", "Make the search index anew from the register."),
    "upgrade": ("verbale.cli.registry", "Bring the registry to this version's shape."),
    "recognise": ("verbale.cli.reading", "What was understood, each field with its place."),
    "check": ("verbale.cli.checking", "What is to be said of files before they are issued."),
    "convert": ("verbale.cli.reading", "One document from one format to another."),
    "cite": ("verbale.cli.citing", "What a text cites, with the symbols that are meant."),
    "quotes": ("verbale.cli.citing", "What a text quotes, against the texts it quotes from."),
    "masthead": ("verbale.cli.mastheads", "Read and write mastheads in six languages."),
    "symbol": ("verbale.cli.symbols", "Parse, sort or explain document symbols."),
}


#: Commands that read a file and hold nothing worth stealing: a box may be a copy of them.
_READING = frozenset({"check", "recognise", "convert", "cite", "quotes", "masthead"})
#: Commands that read a file beside a registry and its keys: a keeper makes their boxes.
_TAKING = frozenset(
    {
        "circulate", "receive", "addendum", "corrigendum", "reissue", "revision", "reply-to",
        "translate", "verify", "export", "serve",
    }
)  # fmt: skip
#: Those of them that are sure to read, so that a keeper warms up while the registry opens.
_SURE = _TAKING - {"translate", "verify", "export", "serve"}


class Commands(click.Group):
    """The commands there are; none is imported until it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Our own commands, then those of other packages."""
        del ctx
        return [*COMMANDS, *sorted(point.name for point in _others())]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the module of a command and give it."""
        del ctx
        _box_for(cmd_name)
        if cmd_name in COMMANDS:
            module = importlib.import_module(COMMANDS[cmd_name][0])
            return cast("click.Command", getattr(module, cmd_name.replace("-", "_")))
        for point in _others():
            if point.name == cmd_name:
                return cast("click.Command", point.load())
        return None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands from the table alone, so that ``--help`` imports none of them."""
        del ctx
        rows = [(name, line) for name, (_, line) in COMMANDS.items()]
        rows += [(point.name, _line_of(point)) for point in _others()]
        with formatter.section("Commands"):
            formatter.write_dl(rows)


def _box_for(command: str) -> None:
    """Have *command* read what comes from outside in a box."""
    if command not in _READING | _TAKING or {"-h", "--help"} & set(sys.argv):
        return
    from verbale.edges.box.settings import put_box_in_force  # noqa: PLC0415 - 20 ms

    boxes = put_box_in_force(copy_self=command in _READING)
    if command in _SURE:
        boxes.start()


def _others() -> list[EntryPoint]:
    from importlib.metadata import entry_points  # noqa: PLC0415 - 20 ms that few commands need

    return [p for p in entry_points(group="verbale.commands") if p.name not in COMMANDS]


def _line_of(command: EntryPoint) -> str:
    """What another package says that its command does; else which package it is of."""
    from importlib.metadata import entry_points  # noqa: PLC0415

    for point in entry_points(group="verbale.command-lines", name=command.name):
        return str(point.load())
    return f"(from {command.value.partition(':')[0]})"


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="verbale")
@click.option("--debug", is_flag=True, help="Show the traceback of an error.")
def verbale(*, debug: bool) -> None:
    """Turn a diplomatic communication into an official document, and prove that it is one."""
    del debug  # read in main(), where errors end


def main() -> None:
    """Run the command line and end the process with its exit code."""
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """Run one command and give its exit code; errors are said on standard error."""
    debug = "--debug" in arguments
    held = box()
    try:
        code = verbale.main(arguments, prog_name="verbale", standalone_mode=False)
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.Abort:
        click.echo("stopped", err=True)
        return 2
    except click.ClickException as error:
        error.show()
        return 2
    except VerbaleError as error:
        if debug:
            raise
        click.echo(str(error), err=True)
        return 2
    except BrokenPipeError:
        return 0
    except OSError as error:
        if debug:
            raise
        name = f"{error.filename}: " if error.filename else ""
        click.echo(f"{name}{error.strerror or error}", err=True)
        return 2
    except Exception as error:
        if debug:
            raise
        click.echo(
            f"Something unforeseen happened ({type(error).__name__}: {error}).\n"
            "Nothing was changed. Run it again with `verbale --debug …` and report it.",
            err=True,
        )
        return 2
    finally:
        use_box(held)
    return code if isinstance(code, int) else 0
