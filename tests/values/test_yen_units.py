import pytest

from values.yen_units import UnitFound, find_unit, read_unit


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("円", "yen"),
        ("¥", "yen"),
        ("JPY", "yen"),
        ("千円", "thousand_yen"),
        ("1,000円", "thousand_yen"),
        ("千円単位", "thousand_yen"),
        ("JPY thousand", "thousand_yen"),
        ("万円", "man_yen"),
        ("百万円", "million_yen"),
        ("１００万円", "million_yen"),
        ("百 万 円", "million_yen"),
        ("（単位：百万円）", "million_yen"),
        ("単位 百万円", "million_yen"),
        ("金額単位：百万円", "million_yen"),
        ("in million yen", "million_yen"),
        ("Unit: in million yen", "million_yen"),
        ("Millions of yen", "million_yen"),
        ("million JPY", "million_yen"),
        ("¥ million", "million_yen"),
        ("億円", "oku_yen"),
        ("1億円", "oku_yen"),
        ("十億円", "billion_yen"),
        ("10億円", "billion_yen"),
        ("JPY bn", "billion_yen"),
        ("兆円", "trillion_yen"),
    ],
)
def test_a_unit_in_any_writing(text, unit):
    assert read_unit(text) == unit


@pytest.mark.parametrize(
    "text", ["", "予算", "million", "円借款", "3千円", "金額（千円）", "千", "百万", "年", "m"]
)
def test_what_is_no_unit_of_yen_alone(text):
    assert read_unit(text) is None


@pytest.mark.parametrize(
    ("text", "unit", "named"),
    [
        ("予算額（百万円）の推移", "million_yen", "百万円"),
        ("国際関係予算 単位：千円", "thousand_yen", "千円"),
        ("合計 / 金額（百万円）", "million_yen", "百万円"),
        ("Budget by programme (JPY million), FY2021", "million_yen", "JPY million"),
        ("Budget, in million yen", "million_yen", "in million yen"),
        ("表 （単位：百万円、％）", "million_yen", "百万円"),
        ("予算の一覧　億円", "oku_yen", "億円"),
        ("表2 概算要求（100万円）", "million_yen", "100万円"),
        ("予算（単位：10億円）", "billion_yen", "10億円"),
    ],
)
def test_a_unit_among_other_words(text, unit, named):
    found = find_unit(text)

    assert found is not None
    assert found.unit == unit
    assert named in found.text


@pytest.mark.parametrize(
    "text", ["（単位：千ドル）", "US$ million", "単位：百万ユーロ", "（人）", "単位：件", "%"]
)
def test_a_unit_of_something_else_is_told_from_silence(text):
    found = find_unit(text)

    assert isinstance(found, UnitFound)
    assert found.unit is None


@pytest.mark.parametrize(
    "text", ["総額 10億円", "新規（10億円）の一覧", "50億円以上", "1億円を超える"]
)
def test_an_amount_in_a_title_is_no_unit(text):
    assert find_unit(text) is None


@pytest.mark.parametrize("text", ["令和5年8月31日現在", "表1 予算の推移", "円滑な実施", "3か国"])
def test_a_line_without_a_unit(text):
    assert find_unit(text) is None
