"""Styles of an .ods file, as far as they change how cells are read. Pure; runs in the child."""

from dataclasses import dataclass, replace

from ..shown.runs import Level

_STYLE = "urn:oasis:names:tc:opendocument:xmlns:style:1.0 "
_FO = "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0 "
_NO_COLOURS = ("transparent", "#ffffff")
_FAMILIES = ("table-cell", "text")


@dataclass(frozen=True)
class OdsStyle:
    """is_struck None: not said."""

    is_struck: bool | None = None
    level: Level = ""
    is_coloured: bool = False

    @property
    def is_special(self) -> bool:
        return bool(self.is_struck or self.level)


class OdsStyles:
    """Handler of elements, for styles.xml and then for the head of content.xml."""

    def __init__(self) -> None:
        self.by_name: dict[tuple[str, str], OdsStyle] = {}
        self.current: tuple[str, str] | None = None
        self.has_special = False

    def get(self, family: str, name: str) -> OdsStyle:
        return self.by_name.get((family, name)) or OdsStyle()

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == _STYLE + "style":
            family = attributes.get(_STYLE + "family", "")
            self.current = None
            if family in _FAMILIES:
                self.current = family, attributes.get(_STYLE + "name", "")
                parent = attributes.get(_STYLE + "parent-style-name", "")
                self._set(self.get(family, parent))
        elif self.current and name == _STYLE + "text-properties":
            self._set(_with_text(self.by_name[self.current], attributes))
        elif self.current and name == _STYLE + "table-cell-properties":
            colour = attributes.get(_FO + "background-color", "")
            if colour:
                is_coloured = colour.lower() not in _NO_COLOURS
                self._set(replace(self.by_name[self.current], is_coloured=is_coloured))

    def _set(self, style: OdsStyle) -> None:
        if self.current:
            self.by_name[self.current] = style
            self.has_special = self.has_special or style.is_special


def _with_text(style: OdsStyle, attributes: dict[str, str]) -> OdsStyle:
    lines = [
        attributes[_STYLE + each]
        for each in ("text-line-through-style", "text-line-through-type")
        if _STYLE + each in attributes
    ]
    if lines:
        style = replace(style, is_struck="none" not in lines)
    position = attributes.get(_STYLE + "text-position", "").split(" ")[0]
    if position:
        style = replace(style, level=_level(position))
    return style


def _level(position: str) -> Level:
    """Return the level that "super 58%", "-33% 58%" or "0% 100%" says."""
    if position == "super":
        return "superscript"
    if position == "sub":
        return "subscript"
    height = position.removesuffix("%")
    if height.startswith("-"):
        return "subscript" if height.strip("-0.") else ""
    return "superscript" if height.strip("0.") else ""
