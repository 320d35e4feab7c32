"""An invoice whose printed total does not add up, turned on the glass and stamped: what the pictures show in doubt."""

from __future__ import annotations

from pathlib import Path

from tests.samples.paper import Paper, scan, stamp

NAME = "电子发票 3.jpg"
BROWN = (150, 84, 40)


def draw(folder: Path) -> str:
    """Draw it into a folder; returns the file."""
    paper = Paper(980, 1080, (252, 251, 247))
    paper.text(490, 60, "北京增值税电子普通发票", 42, "serif", BROWN, "ma")
    for n, text in enumerate(("发票代码：011002100311", "发票号码：87654321", "开票日期：2026年03月05日")):
        paper.text(560, 150 + n * 44, text, 27)
    paper.pen.rectangle([60, 310, 920, 940], outline=BROWN, width=3)
    for y in (440, 640, 730):
        paper.pen.line([(60, y), (920, y)], fill=BROWN, width=2)
    paper.text(90, 335, "购买方名称：海淀晴川科技有限公司", 28)
    paper.text(90, 385, "纳税人识别号：91110108MA01K3QX0U", 28)
    for x, head in ((90, "项目名称"), (560, "金额"), (880, "税额")):
        paper.text(x, 458, head, 26, colour=BROWN, anchor="ra" if x == 880 else "la")
    paper.text(90, 510, "*餐饮服务*餐费", 28)
    paper.text(560, 510, "90.00", 28)
    paper.text(880, 510, "10.80", 28, anchor="ra")
    paper.text(90, 585, "合    计", 28)
    paper.text(560, 585, "￥90.00", 28)
    paper.text(880, 585, "￥10.80", 28, anchor="ra")
    paper.text(90, 665, "价税合计（大写）  壹佰圆捌角整", 28)
    paper.text(880, 665, "（小写）￥108.00", 28, anchor="ra")
    paper.text(90, 760, "销售方名称：北京清风餐饮有限公司", 28)
    paper.text(90, 815, "纳税人识别号：91110105MA00W7RQ2E", 28)
    paper.text(90, 980, "收款人：陈露    复核：周宁    开票人：吴桐", 26)
    file = folder / NAME
    picture = stamp(paper.image, 700, 800, 125, "北京清风餐饮有限公司", "发票专用章")
    scan(picture, 7, 3.2).save(file, quality=88, dpi=(200, 200))
    return str(file)
