"""Commands that bring an issued document out anew or amend it, with the files to hand out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from verbale.cli.common import as_json, bytes_of, messages_in, say, say_findings
from verbale.cli.desk import (
    actor_option,
    desk,
    entry_line,
    key_option,
    out_option,
    put_folder,
    reason_option,
)
from verbale.errors import UsageError
from verbale.workflow import acts, shapes

if TYPE_CHECKING:
    from verbale.model.finding import Finding
    from verbale.workflow.acts import Done


@click.command()
@click.argument("symbol")
@reason_option(required=True)
@out_option
@actor_option
@as_json
@messages_in
def reissue(
    symbol: str,
    reason: str,
    out: Path,
    actor: str | None,
    as_json: bool,  # noqa: FBT001
    lang: str,
) -> int:
    """Issue SYMBOL again for technical reasons: an asterisk, a dated note, the same date."""
    with desk(actor) as at:
        done = acts.reissue_again(at, acts.which(symbol), reason=reason)
    return _say_done(done, out, as_json=as_json, lang=lang)


def _amendment(name: str, said: str) -> click.Command:
    """A command that registers a file under an issued document."""
    is_corrigendum = name == "corrigendum"

    @click.command(name, help=said)
    @click.argument("symbol")
    @click.argument("file", type=click.Path(path_type=Path))
    @click.option("--languages", default="", hidden=not is_corrigendum, help="Such as fr,es.")
    @click.option("--parts", default="", hidden=not is_corrigendum, help="Such as annex.")
    @key_option
    @out_option
    @actor_option
    @as_json
    @messages_in
    def command(  # noqa: PLR0913, PLR0917 - options of one command
        symbol: str,
        file: Path,
        languages: str,
        parts: str,
        key: str,
        out: Path,
        actor: str | None,
        as_json: bool,  # noqa: FBT001
        lang: str,
    ) -> int:
        if (languages or parts) and not is_corrigendum:
            raise UsageError(
                f"{name} concerns the whole document",
                remedy="Leave out --languages and --parts.",
            )
        with desk(actor) as at:
            done = acts.amend_with(
                at,
                name,
                acts.which(symbol),
                bytes_of(file),
                languages=_words(languages),
                parts=_words(parts),
                key=key,
            )
        return _say_done(done, out, as_json=as_json, lang=lang)

    return command


corrigendum = _amendment(
    "corrigendum", "Correct SYMBOL with FILE, in some languages and parts or in all."
)
addendum = _amendment("addendum", "Add FILE to SYMBOL.")
revision = _amendment("revision", "Replace the text of SYMBOL with FILE.")


def _words(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]


def _say_done(done: Done, out: Path, *, as_json: bool, lang: str) -> int:
    folder = out / done.folder
    put_folder(folder, done.files)
    names = sorted(str(folder / name) for name in done.files)
    findings: list[Finding] = [f for f in done.findings if f.code != "phrase-candidate"]
    if as_json:
        found = [shapes.finding_shape(each, lang) for each in done.findings]
        say({**entry_line(done.entry), "files": names, "findings": found})
        return 0
    click.echo(f"{done.entry.name}  {done.entry.state}")
    say_findings(findings, lang)
    click.echo(f"The versions lie in {folder}.")
    return 0
