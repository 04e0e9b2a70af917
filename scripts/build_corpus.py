#!/usr/bin/env python3
"""Render the invented reports of scripts/corpus and compile their hand labels (Python >= 3.11; docx needs python-docx).

    build_corpus.py                builds all that is there: reports, manifest.json, gold/*.json, gold/*.tsv
    build_corpus.py --only NAME    one report and its gold, leaving the shared files alone
    build_corpus.py --lint         also lists quoted spans and numerals in windows that carry no label, to look at again

NAME.md holds a paragraph a line, ** around what is bold; forms.toml says what file it becomes. NAME.gold.txt, in the
format that corpus_gold.py describes, is compiled into gold/NAME.json. Each run writes the same bytes.
"""

from __future__ import annotations

import argparse
import hashlib
import html
import io
import json
import re
import sys
import tomllib
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from corpus_gold import TABLES, TSV, SourceError, check_tsv, compile_gold, fold

ROOT = Path(__file__).resolve().parents[1]
CORPUS, SOURCE = ROOT / "corpus", ROOT / "scripts" / "corpus"
Record = dict[str, Any]

SALUTATION = re.compile(r"^[\s　]*各位代表")
GAP = "[ \t　]*"
SPEAKER = re.compile(
    rf"(?:省|市|区|县)长{GAP}[:：]?{GAP}([\u4e00-\u9fff](?:{GAP}[\u4e00-\u9fff]){{1,3}}){GAP}[)）]?$", re.M
)


# ---- the report's text ---------------------------------------------------------------------------------------------

Paragraph = list[tuple[str, bool]]


def paragraphs(path: Path) -> list[Paragraph]:
    """The runs (text, bold) of each paragraph of NAME.md."""
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        pieces = line.strip(" \t\ufeff").split("**")
        if len(pieces) % 2 == 0:
            raise SourceError(path, number, "a ** is not closed")
        if pieces[0].startswith("#"):
            raise SourceError(path, number, "a paragraph starts with '#'; write the heading as the report has it")
        if any(pieces):
            found.append([(piece, i % 2 == 1) for i, piece in enumerate(pieces) if piece])
    return found


def plain(paragraph: Paragraph) -> str:
    return "".join(text for text, _ in paragraph)


def head_length(body: list[Paragraph]) -> int:
    """How many paragraphs stand before the salutation: title, occasion, speaker."""
    return next((i for i, p in enumerate(body) if SALUTATION.match(plain(p))), 1)


def meta(name: str, form: Record, body: list[Paragraph]) -> Record:
    """The manifest's row, with speaker, session and date as the head lines give them."""
    head = fold("\n".join(plain(p) for p in body[: head_length(body)]))
    raw = unicodedata.normalize("NFKC", "\n".join(plain(p) for p in body[: head_length(body)]))
    day = re.search(r"(20\d\d)年(\d+)月(\d+)日", head)
    session = re.search(r"第[一二三四五六七八九十]+届人民代表大会第[一二三四五六七八九十]+次会议", head)
    who = SPEAKER.search(raw)
    row: Record = {"file": f"{name}.{form['form']}", "sha256": ""}
    row |= {k: form.get(k) for k in ("region", "province", "prefecture", "county", "level", "year", "form", "encoding")}
    row["speaker"] = form.get("speaker", re.sub(r"\s", "", who[1]) if who else None)
    row["session"] = form.get("session", session[0] if session else None)
    row["date"] = form.get("date", f"{day[1]}-{int(day[2]):02}-{int(day[3]):02}" if day else None)
    for key in ("speaker", "session", "date"):
        if row[key] is None:
            print(f"notice: {name}: no {key} found in the lines before 各位代表; give it there or in forms.toml")
    return row | {"invented": True}


# ---- the final forms -----------------------------------------------------------------------------------------------


def render_txt(form: Record, body: list[Paragraph], row: Record) -> bytes:
    head, indent, end = head_length(body), str(form.get("indent", "")), str(form.get("newline", "\n"))
    lines = [plain(p) if i < head or plain(p).startswith("　") else indent + plain(p) for i, p in enumerate(body)]
    return ((end * 2 if form.get("blank") else end).join(lines) + end).encode(str(form["encoding"]))


def render_html(form: Record, body: list[Paragraph], row: Record) -> bytes:
    """Site 1 writes <p> with three kinds of bold in turn, site 2 text lines parted by <br> with a bold class."""
    page, head = Path(SOURCE, "templates", form["template"]).read_text(encoding="utf-8"), head_length(body)
    tags = {"site1.html": [("<strong>", "</strong>"), ("<b>", "</b>"), ('<span style="font-weight:bold">', "</span>")]}
    pairs, used, lines = tags.get(form["template"], [('<span class="hei">', "</span>")]), 0, []
    for i, paragraph in enumerate(body):
        line = ""
        for text, bold in paragraph:
            start, stop = pairs[used % len(pairs)] if bold else ("", "")
            used, line = used + bold, line + start + html.escape(text, quote=False) + stop
        if form["template"] == "site1.html":
            for char, entity in (("“", "&ldquo;"), ("”", "&rdquo;"), ("—", "&mdash;")):
                line = line.replace(char, entity)
            lines.append(f'<p style="text-align:center">{line}</p>' if i < head else f"<p>{line}</p>")
        else:
            lines.append(f"{line}<br>" if i < head else f"　　{line}<br />")
    year, month, day = (row["date"] or f"{row['year']}-01-01").split("-")
    fills = {
        "charset": form["charset"],
        "region": row["region"],
        "year": str(row["year"]),
        "date": f"{year}-{month}-{day}",
        "yyyymm": year + month,
        "title": f"{row['region']}{row['year']}年政府工作报告",
        "body": "\n".join(lines),
    }
    for key, value in fills.items():
        page = page.replace("{{" + key + "}}", value)
    return page.encode(str(form["encoding"]))


def render_docx(form: Record, body: list[Paragraph], row: Record) -> bytes:
    """A Word file with fixed dates, its parts stored uncompressed under one timestamp: the same bytes everywhere."""
    import docx
    from docx.enum.style import WD_STYLE_TYPE
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    document, head = docx.Document(), head_length(body)
    for i, runs in enumerate(body):
        paragraph = document.add_paragraph()
        if i < head:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        else:
            paragraph.paragraph_format.first_line_indent = Pt(24)
        for text, bold in runs:
            run = paragraph.add_run(text)
            if bold and form.get("bold") == "style":
                run.style = "Strong"
            elif bold:
                run.bold = True
    core, when = document.core_properties, datetime.fromisoformat(row["date"] or f"{row['year']}-01-01")
    core.created = core.modified = core.last_printed = when
    core.author = core.last_modified_by = "govreport_nlp"
    core.title, core.comments, core.revision = f"{row['region']}政府工作报告", "虚构文本，仅供测试 (invented text)", 1
    for rel in [r for r in document.part.rels.values() if r.reltype.endswith("stylesWithEffects")]:
        document.part.drop_rel(rel.rId)
    for style in [s for s in document.styles if s.type == WD_STYLE_TYPE.TABLE]:  # unused, and nine tenths of the file
        style.delete()
    saved, fixed = io.BytesIO(), io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(fixed, "w", zipfile.ZIP_STORED) as target:
        for item in source.infolist():
            info = zipfile.ZipInfo(item.filename, (1980, 1, 1, 0, 0, 0))
            info.create_system, info.external_attr = 3, 0o600 << 16
            target.writestr(info, source.read(item))
    return fixed.getvalue()


RENDER: dict[str, Callable[[Record, list[Paragraph], Record], bytes]] = {
    "txt": render_txt,
    "html": render_html,
    "docx": render_docx,
}


def report_text(path: Path, form: Record, body: list[Paragraph]) -> str | None:
    """The text that offsets count in; None for html while the library that extracts it cannot be imported."""
    if form["form"] == "txt":
        text = path.read_bytes().decode(form["encoding"]).removeprefix("\ufeff")
        return text.replace("\r\n", "\n").replace("\r", "\n")
    if form["form"] == "docx":
        return "\n".join(plain(p) for p in body)
    sys.path.insert(0, str(ROOT / "src"))
    try:
        from govreport_nlp import read
    except Exception as error:  # the library is being written beside this corpus: any failure to import means "not yet"
        print(f"notice: {path.name}: gold not written, govreport_nlp cannot be imported ({error})")
        return None
    finally:
        sys.path.pop(0)
    try:
        return str(read(path).text)
    except Exception as error:  # whatever it is, it is this file's failure and the other files are still built
        raise SourceError(path, 1, f"govreport_nlp.read: {type(error).__name__}: {error}") from error


# ---- all of it -----------------------------------------------------------------------------------------------------


def dump(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n")


def build(name: str, form: Record, lint: bool) -> tuple[Record, dict[str, list[str]]]:
    """Write one report and its gold; its manifest row and tsv rows."""
    body = paragraphs(SOURCE / f"{name}.md")
    row = meta(name, form, body)
    path = CORPUS / row["file"]
    data = RENDER[form["form"]](form, body, row)
    path.write_bytes(data)
    row["sha256"] = hashlib.sha256(data).hexdigest()
    source, size = SOURCE / f"{name}.gold.txt", len(re.findall(r"[\u4e00-\u9fff]", "".join(map(plain, body))))
    note = "no gold"
    if source.exists():
        text = report_text(path, form, body)
        gold = compile_gold(source, "\n".join(map(plain, body)) if text is None else text, lint)
        if text is not None:
            dump(CORPUS / "gold" / f"{name}.json", {"doc": row["file"], "sha256": row["sha256"]} | gold)
        note = f"windows {sum(b - a for a, b in gold['windows'])} characters, " + ", ".join(
            f"{table} {len(gold[table])}" for table in TABLES.values()
        )
    print(f"{row['file']}: {size} Chinese characters; {note}")
    tables = {k: SOURCE / f"{name}.{k}.tsv" for k in TSV}
    return row, {k: check_tsv(k, p, row["file"]) if p.exists() else [] for k, p in tables.items()}


def names(forms: Record, only: str | None) -> Iterator[str]:
    """The NAMEs to build: those of forms.toml whose source is there."""
    if only and (only not in forms or not (SOURCE / f"{only}.md").exists()):
        sys.exit(f"--only {only}: needs a table in scripts/corpus/forms.toml and scripts/corpus/{only}.md")
    yield from (n for n in forms if (SOURCE / f"{n}.md").exists() and only in (None, n))


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--only", metavar="NAME", help="build this report alone")
    parser.add_argument("--lint", action="store_true", help="list what in the windows carries no label")
    options = parser.parse_args()
    forms = tomllib.loads((SOURCE / "forms.toml").read_text(encoding="utf-8"))
    (CORPUS / "gold").mkdir(exist_ok=True)
    rows, tables, failed = [], {kind: ["\t".join(head)] for kind, head in TSV.items()}, 0
    for name in names(forms, options.only):
        try:
            row, found = build(name, forms[name], options.lint)
        except SourceError as error:
            print(f"error: {error}", file=sys.stderr)
            failed += 1
            continue
        rows.append(row)
        for kind in TSV:
            tables[kind] += found[kind]
    if not options.only and not failed:
        dump(CORPUS / "manifest.json", rows)
        for kind, lines in tables.items():
            (CORPUS / "gold" / f"{kind}.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
