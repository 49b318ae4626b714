"""Every reason for which a file or a cell is not read, "
"with its remedy, as sentences to translate. Pure."""

from values.messages import Message, gettext_noop

from .refusals import Place, ReadError


def shortened(value: str, length: int = 40) -> str:
    """Return the value for a message: one line, cut after `length` characters."""
    line = " ".join(value.split())
    return line if len(line) <= length else line[:length] + "…"


_CELL_FAULTS = {
    "cell.excel_error": (
        gettext_noop("Excel のエラー「%(value)s」が入っています。"),
        gettext_noop("Excel で式を直すか、値を入れ直してください。"),
    ),
    "cell.formula_no_value": (
        gettext_noop("式「%(value)s」の計算結果がファイルに保存されていません。"),
        gettext_noop("Excel で開いて保存し直すか、「値として貼り付け」で値にしてください。"),
    ),
    "cell.format_unread": (
        gettext_noop("表示形式「%(value)s」のため、見えている値が分かりません。"),
        gettext_noop("セルの表示形式を「標準」にするか、見えているとおりに入れ直してください。"),
    ),
    "cell.long_number": (
        gettext_noop("数値 %(value)s は15桁を超えるため、Excel が下の桁を 0 に変えています。"),
        gettext_noop("セルの表示形式を「文字列」にして、番号を入れ直してください。"),
    ),
}


def cell_fault(code: str, value: str, place: Place) -> ReadError:
    """Return the refusal of one cell found faulty while its sheet was read."""
    return _read_error(code, value, _CELL_FAULTS[code], {"value": shortened(value)}, place=place)


_SAVE_AS = gettext_noop(
    "Excel で開き、「名前を付けて保存」で「Excel ブック（.xlsx）」にしてください。"
)

_FILES = {
    "file.empty": (
        gettext_noop("ファイルに値がありません。"),
        gettext_noop("表の入ったファイルを選んでください。"),
    ),
    "file.too_large": (
        gettext_noop("ファイルの大きさ %(value)s が上限 %(limit)s を超えています。"),
        gettext_noop("使わないシート、行、画像を消すか、行を分けて複数のファイルにしてください。"),
    ),
    "file.ole2": (gettext_noop("古い Excel 形式（.xls）のファイルです。"), _SAVE_AS),
    "file.password": (
        gettext_noop("パスワードで保護されています。"),
        gettext_noop(
            "Excel で開いてパスワードを外し、「名前を付けて保存」で .xlsx にしてください。"
        ),
    ),
    "file.html": (gettext_noop("中身は表ではなく Web ページ（HTML）です。"), _SAVE_AS),
    "file.xml": (gettext_noop("中身は XML です。"), _SAVE_AS),
    "file.xlsb": (gettext_noop("Excel のバイナリ形式（.xlsb）のファイルです。"), _SAVE_AS),
    "file.not_a_sheet": (
        gettext_noop("中身は表ではありません（%(value)s）。"),
        gettext_noop(
            "CSV、TSV、XLSX、ODS のファイルか、それを1つだけ入れた zip を選んでください。"
        ),
    ),
    "file.encoding": (
        gettext_noop(
            "文字コードが UTF-8、Shift_JIS（CP932）、EUC-JP、UTF-16、ISO-2022-JP の"
            "どれでもありません。"
        ),
        gettext_noop("Excel で「CSV UTF-8（コンマ区切り）」か .xlsx として保存し直してください。"),
    ),
    "file.encoding_wrong": (
        gettext_noop("%(value)s として読めない文字（%(bytes)s）があります（「%(line)s」）。"),
        gettext_noop("別の文字コードを選ぶか、「自動」に戻してください。"),
    ),
    "file.bad_character": (
        gettext_noop(
            "%(value)s のファイルですが、読めない文字（%(bytes)s）があります（「%(line)s」）。"
        ),
        gettext_noop(
            "この行を打ち直し、Excel で「CSV UTF-8（コンマ区切り）」か .xlsx として"
            "保存し直してください。"
        ),
    ),
    "file.cut": (
        gettext_noop("%(value)s の文字の途中で、ファイルが切れているようです（「%(line)s」）。"),
        gettext_noop("元のファイルをもう一度受け取ってください。"),
    ),
    "file.encoding_unknown": (
        gettext_noop("文字コード「%(value)s」は選べません。"),
        gettext_noop("%(limit)s のどれかを選んでください。"),
    ),
    "file.nul": (
        gettext_noop("文字ではないデータ（NUL）が入っています。"),
        gettext_noop("壊れていない元のファイルを選ぶか、Excel で保存し直してください。"),
    ),
    "file.zip_broken": (
        gettext_noop("ファイルが途中で切れているか、壊れています。"),
        gettext_noop("元のファイルをもう一度受け取るか、Excel で保存し直してください。"),
    ),
    "file.zip_nested": (
        gettext_noop("zip の中に zip「%(value)s」が入っています。"),
        gettext_noop("zip を展開し、表のファイルを1つだけ選んでください。"),
    ),
    "file.zip_several": (
        gettext_noop("zip に複数のファイルが入っています: %(value)s。"),
        gettext_noop("zip を展開し、1つずつ取り込んでください。"),
    ),
    "file.zip_parts": (
        gettext_noop("zip の中のファイルが %(value)s 個あり、上限 %(limit)s 個を超えています。"),
        gettext_noop("表のシートだけを新しいブックに写して保存してください。"),
    ),
    "file.unpacked_too_large": (
        gettext_noop("展開すると %(value)s になり、上限 %(limit)s を超えます。"),
        gettext_noop(
            "使わないシート、行、書式、画像を消すか、行を分けて複数のファイルにしてください。"
        ),
    ),
    "file.dtd": (
        gettext_noop(
            "XML の文書型定義（DTD）が入っています。Excel のファイルには入らないものです。"
        ),
        gettext_noop("Excel で開き、新しいブックに値を貼り付けて保存してください。"),
    ),
    "file.broken": (
        gettext_noop("表として読めません（%(value)s）。"),
        gettext_noop("Excel で開き、「名前を付けて保存」で新しい .xlsx にしてください。"),
    ),
    "file.too_heavy": (
        gettext_noop("読むために必要なメモリーか時間が上限（%(limit)s）を超えました。"),
        gettext_noop("行を分けて複数のファイルにするか、CSV で保存し直してください。"),
    ),
    "sheet.unknown": (
        gettext_noop("シート「%(value)s」はありません。あるのは %(limit)s です。"),
        gettext_noop("シートを選び直してください。"),
    ),
    "sheet.too_many_rows": (
        gettext_noop("%(limit)s 行より下にも値があります（「%(value)s」）。"),
        gettext_noop(
            "離れた所に残った値を消すか、%(limit)s 行以内のファイルに分け、"
            "どれにも見出しを付けて、1つずつ取り込んでください。"
        ),
    ),
    "sheet.too_many_columns": (
        gettext_noop("列が多すぎます。上限は %(limit)s 列です（%(value)s）。"),
        gettext_noop("使わない列を消すか、列を分けて複数のファイルにしてください。"),
    ),
    "sheet.too_many_cells": (
        gettext_noop("表が大きすぎます。上限は %(limit)s セルです（%(value)s）。"),
        gettext_noop("離れた所にある値を消すか、行を分けて複数のファイルにしてください。"),
    ),
    "sheet.merges_overlap": (
        gettext_noop("結合されたセルの範囲が重なっています。Excel のファイルにはないものです。"),
        gettext_noop("Excel で開き、新しいブックに値を貼り付けて保存してください。"),
    ),
    "cell.too_long": (
        gettext_noop("セルの文字数が上限 %(limit)s 字を超えています（「%(value)s」）。"),
        gettext_noop('文を短くするか、閉じていない引用符（"）がないか確かめてください。'),
    ),
    "text.unclosed_quote": (
        gettext_noop('引用符（"）が閉じていません（「%(value)s」）。'),
        gettext_noop('セルの終わりに " を足すか、Excel で保存し直してください。'),
    ),
    "text.bad_quote": (
        gettext_noop('引用符（"）の後に区切りでない文字があります（「%(value)s」）。'),
        gettext_noop('セルの中の " を "" と書くか、Excel で保存し直してください。'),
    ),
}


def refused(
    code: str,
    value: str = "",
    *,
    limit: str = "",
    place: Place | None = None,
    samples: dict[str, str] | None = None,
    **others: str,
) -> ReadError:
    """Return the refusal of a file under its code; value, limit and others fill its sentences."""
    parameters = {"value": shortened(value, 120), "limit": limit, **others}
    return _read_error(code, value, _FILES[code], parameters, place=place, samples=samples)


def _read_error(
    code: str,
    value: str,
    sentences: tuple[str, str],
    parameters: dict[str, str],
    *,
    place: Place | None = None,
    samples: dict[str, str] | None = None,
) -> ReadError:
    reason, remedy = (Message(each, parameters) for each in sentences)
    return ReadError(code, value, reason=reason, remedy=remedy, place=place, samples=samples)


def megabytes(size: int) -> str:
    return f"{size / 2**20:,.1f} MB"
