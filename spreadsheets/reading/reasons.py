"""Every reason for which a file or a cell is not read, with its remedy, in two languages. Pure."""

from .refusals import Place, ReadError


def shortened(value: str, length: int = 40) -> str:
    """Return the value for a message: one line, cut after `length` characters."""
    line = " ".join(value.split())
    return line if len(line) <= length else line[:length] + "…"


_CELL_FAULTS = {
    "cell.excel_error": (
        "Excel のエラー「{value}」が入っています。",
        "The cell holds the Excel error {value}.",
        "Excel で式を直すか、値を入れ直してください。",
        "Mend the formula in Excel or type the value.",
    ),
    "cell.formula_no_value": (
        "式「{value}」の計算結果がファイルに保存されていません。",
        "The file holds no result for the formula {value}.",
        "Excel で開いて保存し直すか、「値として貼り付け」で値にしてください。",
        "Open and save the file in Excel, or paste the cell as a value.",
    ),
    "cell.long_number": (
        "数値 {value} は15桁を超えるため、Excel が下の桁を 0 に変えています。",
        "The number {value} has more than 15 digits, of which Excel keeps only 15.",
        "セルの表示形式を「文字列」にして、番号を入れ直してください。",
        "Format the cell as text and type the number again.",
    ),
}


def cell_fault(code: str, value: str, place: Place) -> ReadError:
    """Return the refusal of one cell found faulty while its sheet was read."""
    ja, en, remedy_ja, remedy_en = _CELL_FAULTS[code]
    shown = shortened(value)
    return ReadError(
        code,
        value,
        ja=ja.format(value=shown),
        en=en.format(value=shown),
        remedy_ja=remedy_ja,
        remedy_en=remedy_en,
        place=place,
    )


_SAVE_AS_JA = "Excel で開き、「名前を付けて保存」で「Excel ブック（.xlsx）」にしてください。"
_SAVE_AS_EN = "Open it in Excel and save it as an Excel workbook (.xlsx)."

_FILES = {
    "file.empty": (
        "ファイルに値がありません。",
        "The file holds no value.",
        "表の入ったファイルを選んでください。",
        "Choose a file with a table.",
    ),
    "file.too_large": (
        "ファイルの大きさ {value} が上限 {limit} を超えています。",
        "The file is {value} large; the limit is {limit}.",
        "使わないシート、行、画像を消すか、行を分けて複数のファイルにしてください。",
        "Remove unused sheets, rows and pictures, or split the rows into several files.",
    ),
    "file.ole2": (
        "古い Excel 形式（.xls）のファイルです。",
        "This is a file of the old Excel format (.xls).",
        _SAVE_AS_JA,
        _SAVE_AS_EN,
    ),
    "file.password": (
        "パスワードで保護されています。",
        "The file is protected by a password.",
        "Excel で開いてパスワードを外し、「名前を付けて保存」で .xlsx にしてください。",
        "Open it in Excel, remove the password and save it as .xlsx.",
    ),
    "file.html": (
        "中身は表ではなく Web ページ（HTML）です。",
        "The content is a web page (HTML), not a sheet.",
        _SAVE_AS_JA,
        _SAVE_AS_EN,
    ),
    "file.xml": (
        "中身は XML です。",
        "The content is XML.",
        _SAVE_AS_JA,
        _SAVE_AS_EN,
    ),
    "file.xlsb": (
        "Excel のバイナリ形式（.xlsb）のファイルです。",
        "This is a binary Excel workbook (.xlsb).",
        _SAVE_AS_JA,
        _SAVE_AS_EN,
    ),
    "file.not_a_sheet": (
        "中身は表ではありません（{value}）。",
        "The content is not a sheet ({value}).",
        "CSV、TSV、XLSX、ODS のファイルか、それを1つだけ入れた zip を選んでください。",
        "Choose a CSV, TSV, XLSX or ODS file, or a zip that holds one of them.",
    ),
    "file.encoding": (
        "文字コードが UTF-8、Shift_JIS（CP932）、EUC-JP、UTF-16 のどれでもありません。",
        "The encoding is none of UTF-8, Shift_JIS (CP932), EUC-JP and UTF-16.",
        "Excel で「CSV UTF-8（コンマ区切り）」か .xlsx として保存し直してください。",
        "Save it again in Excel as “CSV UTF-8 (Comma delimited)” or .xlsx.",
    ),
    "file.encoding_wrong": (
        "{value} として読めない文字があります。",
        "Some characters cannot be read as {value}.",
        "別の文字コードを選ぶか、「自動」に戻してください。",
        "Choose another encoding, or let it be found out.",
    ),
    "file.encoding_unknown": (
        "文字コード「{value}」は選べません。",
        "The encoding {value} cannot be chosen.",
        "{limit} のどれかを選んでください。",
        "Choose one of {limit}.",
    ),
    "file.nul": (
        "文字ではないデータ（NUL）が入っています。",
        "There is data that is no text (NUL).",
        "壊れていない元のファイルを選ぶか、Excel で保存し直してください。",
        "Choose the unbroken original, or save it again in Excel.",
    ),
    "file.zip_broken": (
        "ファイルが途中で切れているか、壊れています。",
        "The file is cut short or broken.",
        "元のファイルをもう一度受け取るか、Excel で保存し直してください。",
        "Fetch the original again, or save it again in Excel.",
    ),
    "file.zip_nested": (
        "zip の中に zip「{value}」が入っています。",
        "The zip holds another zip, {value}.",
        "zip を展開し、表のファイルを1つだけ選んでください。",
        "Unpack it and choose the one file with the table.",
    ),
    "file.zip_several": (
        "zip に複数のファイルが入っています: {value}。",
        "The zip holds several files: {value}.",
        "zip を展開し、1つずつ取り込んでください。",
        "Unpack it and import the files one by one.",
    ),
    "file.zip_parts": (
        "zip の中のファイルが {value} 個あり、上限 {limit} 個を超えています。",
        "The zip holds {value} parts; the limit is {limit}.",
        "表のシートだけを新しいブックに写して保存してください。",
        "Copy the one sheet to a new workbook.",
    ),
    "file.unpacked_too_large": (
        "展開すると {value} になり、上限 {limit} を超えます。",
        "Unpacked, it takes {value}; the limit is {limit}.",
        "使わないシート、行、書式、画像を消すか、行を分けて複数のファイルにしてください。",
        "Remove unused sheets, rows, formats and pictures, or split the rows into several files.",
    ),
    "file.dtd": (
        "XML の文書型定義（DTD）が入っています。Excel のファイルには入らないものです。",
        "It holds an XML document type definition (DTD), which no Excel file has.",
        "Excel で開き、新しいブックに値を貼り付けて保存してください。",
        "Open it in Excel and paste the values into a new workbook.",
    ),
    "file.broken": (
        "表として読めません（{value}）。",
        "It cannot be read as a sheet ({value}).",
        "Excel で開き、「名前を付けて保存」で新しい .xlsx にしてください。",
        "Open it in Excel and save it as a new .xlsx.",
    ),
    "file.too_heavy": (
        "読むために必要なメモリーか時間が上限（{limit}）を超えました。",
        "Reading it takes more memory or time than the limit ({limit}).",
        "行を分けて複数のファイルにするか、CSV で保存し直してください。",
        "Split the rows into several files, or save it as CSV.",
    ),
    "sheet.unknown": (
        "シート「{value}」はありません。あるのは {limit} です。",
        "There is no sheet {value}. There are {limit}.",
        "シートを選び直してください。",
        "Choose another sheet.",
    ),
    "sheet.too_many_rows": (
        "{limit} 行より下にも値があります（「{value}」）。",
        "There are values below row {limit} (“{value}”).",
        "離れた所に残った値を消すか、{limit} 行以内のファイルに分け、どれにも見出しを付けて、"
        "1つずつ取り込んでください。",
        "Remove values that stand far off, or split it into files of at most {limit} rows, each "
        "with the heading, and import them one by one.",
    ),
    "sheet.too_many_columns": (
        "列が多すぎます。上限は {limit} 列です（{value}）。",
        "There are too many columns; the limit is {limit} ({value}).",
        "使わない列を消すか、列を分けて複数のファイルにしてください。",
        "Remove unused columns, or split the columns into several files.",
    ),
    "sheet.too_many_cells": (
        "表が大きすぎます。上限は {limit} セルです（{value}）。",
        "The sheet is too large; the limit is {limit} cells ({value}).",
        "離れた所にある値を消すか、行を分けて複数のファイルにしてください。",
        "Remove values that stand far off, or split the rows into several files.",
    ),
    "cell.too_long": (
        "セルの文字数が上限 {limit} 字を超えています（「{value}」）。",
        "The cell is longer than {limit} characters (“{value}”).",
        '文を短くするか、閉じていない引用符（"）がないか確かめてください。',
        "Shorten the text, or look for a quotation mark that is not closed.",
    ),
    "text.unclosed_quote": (
        '引用符（"）が閉じていません（「{value}」）。',
        "A quotation mark is not closed (“{value}”).",
        'セルの終わりに " を足すか、Excel で保存し直してください。',
        "Add the closing mark, or save the file again in Excel.",
    ),
    "text.bad_quote": (
        '引用符（"）の後に区切りでない文字があります（「{value}」）。',
        "A closing quotation mark is followed by more text (“{value}”).",
        'セルの中の " を "" と書くか、Excel で保存し直してください。',
        'Write " within a cell as "", or save the file again in Excel.',
    ),
}


def refused(
    code: str,
    value: str = "",
    *,
    limit: str = "",
    place: Place | None = None,
    samples: dict[str, str] | None = None,
) -> ReadError:
    """Return the refusal of a file under its code; value and limit are set into its sentences."""
    words = [sentence.format(value=shortened(value, 120), limit=limit) for sentence in _FILES[code]]
    return ReadError(
        code,
        value,
        ja=words[0],
        en=words[1],
        remedy_ja=words[2],
        remedy_en=words[3],
        place=place,
        samples=samples,
    )


def megabytes(size: int) -> str:
    return f"{size / 2**20:,.1f} MB"
