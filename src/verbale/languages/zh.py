"""Chinese."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar

from verbale.languages._dates import YEAR, DateGrammar, check_span
from verbale.languages._grammar import ANNEXES, GrammarRules, table_of
from verbale.languages._items import LETTERS, ItemReader
from verbale.languages._numerals import CHARACTERS, from_figures, to_chinese
from verbale.languages._tables import Figures, WordTable
from verbale.languages.base import LARGEST_ORDINAL
from verbale.model.language import ZH

if TYPE_CHECKING:
    import datetime

_SMALL = r"(?:[0-9]{1,2}|二?十[一二三四五六七八九]?|三十一?|[一二三四五六七八九])"
_YEAR = rf"(?:{YEAR}|[一二][〇○零一二三四五六七八九]{{3}})"


def _date(which: int) -> str:
    return rf"(?P<y{which}>{_YEAR}) ?年 ?(?P<m{which}>{_SMALL}) ?月 ?(?P<d{which}>{_SMALL}) ?日"


_SPAN = (
    rf"(?<!\d){_date(1)}?(?: ?(?:至|到|-) ?)"
    rf"(?:(?P<y2>{_YEAR}) ?年 ?)?(?:(?P<m2>{_SMALL}) ?月 ?)?(?P<d2>{_SMALL}) ?日(?P<tail>)"
)
# Machine-made files have the day in front, "11 九月 13 十月 2023", and no dash.
_DAY_FIRST = rf"(?P<d2>[0-9]{{1,2}}) (?P<m2>{_SMALL})月 (?P<y2>{YEAR})(?P<tail>)"
_DAY_FIRST_SPAN = (
    rf"(?<!\d)(?P<d1>[0-9]{{1,2}}) (?P<m1>{_SMALL})月(?: (?P<y1>{YEAR}))?(?: ?- ?| )"
)


def _month(name: str) -> int:
    return from_figures(name)


def _words(number: int) -> str:
    return f"第{to_chinese(number)}"


_FORMS = MappingProxyType({"words": _words})
_HUNDRED = 100
# 一百十一 for 一百一十一, 一百〇一 for 一百零一.
_OTHER = [
    (_words(number).replace(usual, other), number)
    for number in range(_HUNDRED, LARGEST_ORDINAL + 1)
    for usual, other in (("百一十", "百十"), ("零", "〇"))
]


class Chinese(GrammarRules):
    """Chinese in simplified characters."""

    language = ZH
    own_name = "中文"
    masthead_name = "Chinese"
    forms = _FORMS
    ordinal_forms = tuple(_FORMS)
    ordinal_words = WordTable(table_of(_FORMS, _OTHER), goes_on=CHARACTERS.__contains__)
    ordinal_figures = Figures(r"第 ?(\d{1,3})(?![\d/])", largest=LARGEST_ORDINAL)
    dates = DateGrammar(
        (
            re.compile(rf"(?<!\d){_date(2)}(?P<tail>)"),
            re.compile(rf"(?<!\d){_DAY_FIRST}"),
        ),
        (re.compile(_SPAN), re.compile(_DAY_FIRST_SPAN + _DAY_FIRST)),
        month=_month,
        number=from_figures,
    )
    span_joints = ("至", "至")
    item_reader = ItemReader(
        sub=re.compile(rf" ?\({LETTERS}\)", re.IGNORECASE),
        joint=re.compile(r" ?[和及与、,] ?"),
    )
    list_joints = ("、", "和")
    annex_words = WordTable(
        ((to_chinese(number), number) for number in ANNEXES), goes_on=CHARACTERS.__contains__
    )
    quotes = (("“", "”"), ("‘", "’"))
    language_names = MappingProxyType(
        {
            "ar": "阿拉伯文", "zh": "中文", "en": "英文", "fr": "法文", "ru": "俄文",
            "es": "西班牙文", "de": "德文", "it": "意大利文", "ja": "日文", "ko": "朝鲜文",
            "nl": "荷兰文", "pt": "葡萄牙文", "tr": "土耳其文", "uk": "乌克兰文",
        }
    )  # fmt: skip
    # Script tells Chinese from the other official languages.
    function_words: ClassVar[frozenset[str]] = frozenset()

    def date(self, day: datetime.date) -> str:
        """``2021年10月7日``."""
        return f"{day.year}年{self.day_and_month(day)}"

    def day_and_month(self, day: datetime.date) -> str:
        """``10月7日``."""
        return f"{day.month}月{day.day}日"

    def date_range(self, first: datetime.date, last: datetime.date) -> str:
        """``2012年4月16日至27日``: the second end drops what the first has said."""
        check_span(first, last)
        if first == last:
            return self.date(first)
        if first.year != last.year:
            return f"{self.date(first)}至{self.date(last)}"
        if first.month != last.month:
            return f"{self.date(first)}至{self.day_and_month(last)}"
        return f"{self.date(first)}至{last.day}日"

    def number_with_subs(self, number: str, subs: tuple[str, ...]) -> str:
        """``58(a)`` without a blank."""
        return number + "".join(f"({sub})" for sub in subs)

    def annex_form(self, number: int) -> str:
        """``一``."""
        return to_chinese(number)

    def typeset(self, text: str) -> str:
        """Chinese phrases need nothing: marks are full-width as written."""
        return text


LANGUAGE = Chinese()
