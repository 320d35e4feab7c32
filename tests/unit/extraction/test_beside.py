"""Values of labels on forms: beside, below, slipped, several in one line, and never another label."""

from __future__ import annotations

from paddlescan.extraction.beside import labels_in, paired
from paddlescan.extraction.extract import look_at
from tests.unit.extraction.drawing import TODAY, line, values

TOLL = line(40, 20, "江苏省高速公路车辆通行费发票")


def slip(down: float) -> list[str | None]:
    """Entry, exit and total of a toll slip whose values were printed so many pixels too low."""
    labels = ("入口站", "出口站", "车型", "金额", "时间")
    printed = ("镇江南", "无锡北", "客1", "35.00元", "2021-05-06 12:10:33")
    lines = [TOLL, *(line(40, 100 + 50 * n, text) for n, text in enumerate(labels))]
    lines += [line(200, 100 + 50 * n + down, text) for n, text in enumerate(printed)]
    found = values(lines)
    return [found.get("origin_station"), found.get("destination_station"), found.get("total")]


def test_values_go_with_their_labels_however_far_the_paper_slipped() -> None:
    for down in (-8, 0, 15, 25, 35, 40):
        assert slip(down) == ["镇江南", "无锡北", "35.00"], down


def test_a_column_with_a_value_missing_is_not_paired() -> None:
    labels = [line(40, 100 + 50 * n, text) for n, text in enumerate(("入口站", "出口站", "车型", "金额"))]
    page = look_at([TOLL, *labels, line(200, 100, "镇江南"), line(200, 200, "客1"), line(200, 250, "35.00")], TODAY)
    assert paired(page) == {}


def test_the_next_label_is_no_value_and_ends_one() -> None:
    lines = [TOLL, line(40, 100, "入口站"), line(300, 100, "出口站"), line(400, 100, "无锡北")]
    found = values(lines)
    assert "origin_station" not in found
    assert found["destination_station"] == "无锡北"
    glued = values([TOLL, line(40, 100, "入口站:镇江南 出口站:无锡北 金额:35.00")])
    assert (glued["origin_station"], glued["destination_station"], glued["total"]) == ("镇江南", "无锡北", "35.00")


def test_a_label_s_word_within_a_name_does_not_cut_it() -> None:
    page = look_at([TOLL, line(40, 100, "收费单位：苏州高速公路收费站管理有限公司")], TODAY)
    company = next(m for m in page.sheet.lines if "管理" in m.text)
    assert [company.text[m.start : m.end] for m in labels_in(page, company)] == ["收费单位"]


def test_a_label_with_its_value_is_no_value_of_another() -> None:
    lines = [line(40, 20, "浙江省汽车客票"), line(40, 100, "到达站"), line(40, 150, "开车时间09:10")]
    assert "destination_station" not in values(lines)


def test_a_value_may_begin_close_to_its_label() -> None:
    lines = [line(40, 20, "浙江省汽车客票"), line(40, 100, "到达站"), line(84, 102, "深圳福田汽车站")]
    assert values(lines)["destination_station"] == "深圳福田汽车站"


def test_values_below_a_row_of_labels() -> None:
    heads = ("始发站", "到达站", "乘车日期", "票价")
    below = ("桐庐", "杭州客运中心站", "2021.05.06", "38.00")
    lines = [line(40, 20, "浙江省汽车客票")]
    lines += [line(40 + 200 * n, 100, text) for n, text in enumerate(heads)]
    lines += [line(50 + 200 * n, 140, text) for n, text in enumerate(below)]
    found = values(lines)
    assert (found["origin_station"], found["destination_station"]) == ("桐庐", "杭州客运中心站")
    assert (found["date"], found["total"]) == ("2021-05-06", "38.00")
