"""Which part refers to which (.rels), and what each part is ([Content_Types].xml): reading and splicing."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from sheets_sync.edges.excel.names import OFFICE_RELATIONS, PACKAGE_RELATIONS, VML_TYPE, XML_HEAD
from sheets_sync.edges.excel.opening import damaged
from sheets_sync.edges.excel.outline import Edit, NotXmlError, Outline
from sheets_sync.edges.excel.package import Package
from sheets_sync.edges.excel.quoting import quoteattr


@dataclass(frozen=True, slots=True)
class Relation:
    """`kind` is the last word of the relationship's type ("worksheet"); `part` is where it leads."""

    id: str
    kind: str
    part: str


def outline_of(package: Package, part: str, depth: int = 3) -> Outline:
    """Read a part as XML. Raises WrongUse if it is missing or broken."""
    try:
        return Outline(package.read(part), depth)
    except NotXmlError as error:
        raise damaged(package.file_name, f"its part {part} is no XML: {error}") from None


def relations_part(part: str) -> str:
    """Return where the relations of a part stand: xl/workbook.xml -> xl/_rels/workbook.xml.rels."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def source_of(relations: str) -> str:
    """Return whose relations these are: xl/_rels/workbook.xml.rels -> xl/workbook.xml; _rels/.rels -> ""."""
    folder, name = posixpath.split(relations)
    return posixpath.join(posixpath.dirname(folder), name.removesuffix(".rels"))


def relations_of(package: Package, part: str) -> list[Relation]:
    """Return where `part` ("" for the package itself) leads inside the package, in order."""
    stored = relations_part(part)
    if stored not in package:
        return []
    found = []
    for element in outline_of(package, stored).root.all("Relationship"):
        values = element.attributes
        if values.get("TargetMode") == "External":
            continue
        target = unquote(values.get("Target", ""))
        whole = posixpath.normpath(posixpath.join("/", posixpath.dirname(part), target)).lstrip("/")
        found.append(Relation(values.get("Id", ""), values.get("Type", "").rpartition("/")[2], whole))
    return found


def owned_by(package: Package, part: str) -> set[str]:
    """Return the parts that only `part` leads to, straight or through each other: comments, drawings."""
    leads: dict[str, list[str]] = {}
    led_from: dict[str, set[str]] = {}
    for name in package.names:
        if name.casefold().endswith(".rels"):
            source = source_of(name)
            leads[source] = [relation.part for relation in relations_of(package, source)]
            for target in leads[source]:
                led_from.setdefault(target, set()).add(source)
    owned: set[str] = set()
    waiting = [part]
    while waiting:
        for target in leads.get(waiting.pop(), []):
            if target not in owned and target in package and led_from[target] <= owned | {part}:
                owned.add(target)
                waiting.append(target)
    return owned


def new_relations(relations: Iterable[tuple[str, str]], addresses: Iterable[str] = ()) -> bytes:
    """Write a .rels part from (kind, absolute target), then addresses outside of the package, with rId1,
    rId2 ... in order."""
    leads = [f'{kind}" Target={quoteattr("/" + target)}' for kind, target in relations]
    leads += [f'hyperlink" Target={quoteattr(address)} TargetMode="External"' for address in addresses]
    body = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE_RELATIONS}/{lead}/>'
        for number, lead in enumerate(leads, 1)
    )
    return XML_HEAD + f'<Relationships xmlns="{PACKAGE_RELATIONS}">{body}</Relationships>'.encode()


def add_relations(outline: Outline, added: Iterable[tuple[str, str, str]]) -> bytes:
    """Splice (id, kind, absolute target) into a .rels part."""
    prefix = outline.prefix
    text = "".join(
        f'<{prefix}Relationship Id="{id_}" Type="{OFFICE_RELATIONS}/{kind}" Target={quoteattr(target)}/>'
        for id_, kind, target in ((id_, kind, f"/{part}") for id_, kind, part in added)
    )
    return outline.edit([outline.append(outline.root, text.encode())]) if text else outline.data


def free_relation_ids(outline: Outline, count: int) -> list[str]:
    """Return `count` ids rIdN above every number in use."""
    ids = [element.attributes.get("Id", "") for element in outline.root.all("Relationship")]
    highest = max((int(found[1]) for id_ in ids if (found := re.fullmatch(r"rId(\d{1,9})", id_))), default=0)
    return [f"rId{highest + number}" for number in range(1, count + 1)]


def set_content_types(outline: Outline, wanted: Mapping[str, str], gone: Iterable[str]) -> bytes:
    """Splice the types of new parts into [Content_Types].xml and take out those of parts that are gone.

    VML is declared by its extension, as every office program does, unless that is taken for another type.
    """
    prefix = outline.prefix
    missing = {f"/{part}".casefold(): (f"/{part}", kind) for part, kind in wanted.items()}
    defaults = {
        element.attributes.get("Extension", "").casefold(): element.attributes.get("ContentType")
        for element in outline.root.all("Default")
    }
    edits = []
    removed = {f"/{part}".casefold() for part in gone}
    for element in outline.root.all("Override"):
        part = element.attributes.get("PartName", "").casefold()
        if part in missing and element.attributes.get("ContentType") == missing[part][1]:
            del missing[part]
        elif part in missing or part in removed:
            edits.append(Edit(element.start, element.end, b""))
    added = ""
    for part, kind in missing.values():
        extension = part.rpartition(".")[2].casefold()
        if kind == VML_TYPE and defaults.setdefault(extension, None) is None:
            defaults[extension] = kind
            start = outline.root.inner
            new = f'<{prefix}Default Extension="{extension}" ContentType="{kind}"/>'
            edits.append(Edit(start, start, new.encode()))
        if defaults.get(extension) != kind:
            added += f'<{prefix}Override PartName={quoteattr(part)} ContentType="{kind}"/>'
    if added:
        edits.append(outline.append(outline.root, added.encode()))
    return outline.edit(edits)
