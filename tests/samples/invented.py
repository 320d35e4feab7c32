"""Invented companies, people, numbers and sums for drawn Chinese pages. Everything comes from the seed.

Numbers that carry a check character have a right one, amounts in capitals say what the figures say.
"""

from __future__ import annotations

import datetime
import random
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from stdnum.cn import uscc
from stdnum.tw import ubn

CENT = Decimal("0.01")


def words(*rows: str) -> tuple[str, ...]:
    """The words of some rows."""
    return tuple(word for row in rows for word in row.split())


_CITIES = {
    "杭州": "330106",
    "北京": "110108",
    "上海": "310115",
    "深圳": "440300",
    "广州": "440103",
    "成都": "510107",
    "南京": "320102",
    "武汉": "420106",
    "西安": "610103",
    "苏州": "320508",
    "青岛": "370202",
    "厦门": "350203",
    "重庆": "500103",
    "长沙": "430102",
    "乌鲁木齐": "650102",
    "石家庄": "130102",
    "哈尔滨": "230103",
}
_OWN_CODES = ("深圳", "青岛", "厦门")
"""Cities whose tax offices have regions of their own."""
_PROVINCES = {
    "杭州": "浙江",
    "北京": "北京",
    "上海": "上海",
    "深圳": "深圳",
    "广州": "广东",
    "成都": "四川",
    "南京": "江苏",
    "武汉": "湖北",
    "西安": "陕西",
    "苏州": "江苏",
    "青岛": "青岛",
    "厦门": "厦门",
    "重庆": "重庆",
    "长沙": "湖南",
    "乌鲁木齐": "新疆",
    "石家庄": "河北",
    "哈尔滨": "黑龙江",
}
_BRANDS = words(
    "云栖 晴川 鹏程 望湖 青禾 瑞丰 中科宏远 华茂 汇通天下",
    "诚信 顺达 金穗 博雅 恒泰 远航 星河 蓝图 一品",
    "四海 新锐 天合 万象 聚贤 百川 德胜 嘉禾 立信",
    "东方明珠 爱尚 优品汇 小城故事",
)
_TRADES = words(
    "科技 商贸 餐饮管理 信息技术 酒店管理 物业服务 物流 建筑工程 文化传播",
    "办公设备 电子商务 环保科技 医疗器械 教育咨询 广告传媒 汽车服务 石油销售 通信",
    "出版传媒 网络科技 实业发展",
)
_FORMS = words("有限公司 有限公司 有限公司 有限责任公司 股份有限公司 集团有限公司")
_STREETS = words(
    "望湖路 建国路 人民大道 中山北路 科技园南区 高新四路 解放东路 滨江大道 学院路",
    "天府大道",
)
_PEOPLE = words(
    "林晓 周宁 陈露 吴桐 王建国 李思远 张伟 赵敏 欧阳静",
    "刘洋 孙丽华 郑一鸣 何平 管理员 系统管理员",
)
_BANKS = words("中国工商银行 中国建设银行 招商银行 中国农业银行 交通银行 浦发银行")
_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_CODE_CHARS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


@dataclass(frozen=True)
class Company:
    """Who sells or buys."""

    name: str
    tax_id: str
    address: str
    phone: str
    bank: str
    account: str
    city: str

    @property
    def province(self) -> str:
        """As it stands in the title of an invoice."""
        return _PROVINCES[self.city]


def digits(chosen: random.Random, count: int) -> str:
    """So many digits; the first may be a zero."""
    return "".join(chosen.choices("0123456789", k=count))


def tax_id(chosen: random.Random, district: str) -> str:
    """A 统一社会信用代码 with a right check character (GB 32100-2015)."""
    head = chosen.choice(("91", "91", "91", "92", "12")) + district + "".join(chosen.choices(_CODE_CHARS, k=9))
    return head + uscc.calc_check_digit(head)


def taiwan_id(chosen: random.Random) -> str:
    """A 統一編號: eight digits that pass its check."""
    while True:
        number = digits(chosen, 8)
        if number[0] != "0" and ubn.is_valid(number):
            return number


def invoice_code(chosen: random.Random, city: str, issued: datetime.date, sort: str) -> str:
    """The code of a VAT invoice: region, year of printing, batch, and its sort.

    sort: `special` (ten digits), `ordinary`, `electronic` or `roll` (twelve, which begin with 0).
    """
    district = _CITIES[city]
    region = district[:4] if city in _OWN_CODES else district[:2] + "00"
    year = f"{(issued.year - (1 if issued.month < 4 or chosen.random() < 0.2 else 0)) % 100:02d}"
    if sort == "special":
        return region + year + digits(chosen, 1) + "1" + chosen.choice("36") + "0"
    batch = chosen.choice(("00", "01", "03")) + str(chosen.randint(1, 3))
    return "0" + region + year + batch + {"ordinary": "04", "electronic": "11", "roll": "07"}[sort]


def company(chosen: random.Random, long: bool = False) -> Company:
    """A company; long: a name that takes two lines in a narrow field."""
    city = chosen.choice(sorted(_CITIES))
    brand, trade, form = chosen.choice(_BRANDS), chosen.choice(_TRADES), chosen.choice(_FORMS)
    name = chosen.choice(
        (f"{city}{brand}{trade}{form}", f"{city}市{brand}{trade}{form}", f"{brand}（{city}）{trade}{form}")
    )
    if long:
        name += chosen.choice(
            (f"{city}高新技术产业开发区第一分公司", f"{city}国际机场航站楼分公司", "望湖路综合服务分公司")
        )
    return Company(
        name,
        tax_id(chosen, _CITIES[city]),
        f"{city}市{chosen.choice(_STREETS)}{chosen.randint(1, 999)}号{chosen.choice(('', '3幢', 'A座1203室'))}",
        chosen.choice((f"0{digits(chosen, 3)}-{chosen.randint(2, 8)}{digits(chosen, 7)}", f"13{digits(chosen, 9)}")),
        f"{chosen.choice(_BANKS)}{city}{chosen.choice(('高新', '望湖', '城东'))}支行",
        digits(chosen, 19),
        city,
    )


def person(chosen: random.Random) -> str:
    """A name at the foot of a form."""
    return chosen.choice(_PEOPLE)


def day(chosen: random.Random, first: int = 2018, last: int = 2026) -> datetime.date:
    """A day from the beginning of one year to the middle of another."""
    begin = datetime.date(first, 1, 3)
    return begin + datetime.timedelta(days=chosen.randrange((datetime.date(last, 7, 1) - begin).days))


def money(chosen: random.Random, low: float = 5.0, high: float = 3000.0) -> Decimal:
    """An amount; small ones are commoner, and many are round."""
    value = Decimal(str(low * (high / low) ** chosen.random()))
    return value.quantize(Decimal(1) if chosen.random() < 0.3 else CENT, ROUND_HALF_UP).quantize(CENT)


def cents(value: Decimal) -> Decimal:
    """Rounded to two digits, halves up, as on invoices."""
    return value.quantize(CENT, ROUND_HALF_UP)


def capitals(value: Decimal, yuan: str = "圆", whole: str = "整") -> str:
    """An amount in formal Chinese numerals: 壹仟零贰拾圆伍角, 玖拾圆整. Below 10 ** 8.

    Behind a last 角 both usages occur: 整 where the number before 圆 is odd, nothing where it is even.
    """
    number, rest = divmod(int(cents(value) * 100), 100)
    said = _below_myriads(number) + yuan if number else ""
    jiao, fen = divmod(rest, 10)
    if not rest:
        return (said or "零" + yuan) + whole
    said += _DIGITS[jiao] + "角" if jiao else "零" if said else ""
    return said + (_DIGITS[fen] + "分" if fen else whole if number % 2 else "")


def _below_myriads(number: int) -> str:
    high, low = divmod(number, 10_000)
    if not high:
        return _below_myriad(low)
    gap = "零" if low and low < 1000 else ""
    return _below_myriad(high) + "万" + gap + (_below_myriad(low) if low else "")


def _below_myriad(number: int) -> str:
    said, gap = "", False
    for unit, name in ((1000, "仟"), (100, "佰"), (10, "拾"), (1, "")):
        digit = number // unit % 10
        if digit:
            said += ("零" if gap and said else "") + _DIGITS[digit] + name
            gap = False
        else:
            gap = True
    return said
