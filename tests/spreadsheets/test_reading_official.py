"""The government's files as they are published, where they are at hand, and a small sample."""

import io
import zipfile
from pathlib import Path

import pytest

from spreadsheets.reading import read

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"


@pytest.mark.slow
@pytest.mark.skipif(not DATA.exists(), reason="../shared/data is not here")
@pytest.mark.parametrize(
    ("name", "member", "rows", "second_cells"),
    [
        (
            "rs-2024-1-2.zip",
            "1-2_RS_2024_基本情報_事業概要等.csv",
            5_949,
            ["レビューシート", "2024"],
        ),
        (
            "rs-2024-2-1.zip",
            "2-1_RS_2024_予算・執行_サマリ.csv",
            37_982,
            ["レビューシート", "2024"],
        ),
        (
            "review-sheets-2015-2022.zip",
            "review-sheets-2015-2022.csv",
            42_371,
            ["2015", "個人情報保護委員会"],
        ),
    ],
)
def test_an_official_zip_is_read_as_it_comes(name, member, rows, second_cells):
    grid = read((DATA / name).read_bytes())

    assert (grid.member, len(grid.rows), grid.rows[1][:2]) == (member, rows, second_cells)
    assert (grid.kind, grid.encoding) == ("CSV", "utf-8")


def test_a_zip_of_the_official_form_is_read_as_it_comes():
    sample = Path(__file__).parents[1] / "samples" / "review" / "official-1-2.csv"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(sample, "1-2_RS_2024_基本情報_事業概要等.csv")

    grid = read(packed.getvalue())

    assert (grid.member, len(grid.rows)) == ("1-2_RS_2024_基本情報_事業概要等.csv", 5)
    assert grid.rows[1][:4] == ["レビューシート", "2020", "701", "海洋観測網高度化事業（第２期）"]
    assert (grid.kind, grid.encoding) == ("CSV", "utf-8")
