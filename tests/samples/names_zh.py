"""Names and numbers for drawn Chinese forms: real places and lengths, invented people and companies."""

from __future__ import annotations

import datetime
import random
from dataclasses import dataclass


@dataclass(frozen=True)
class City:
    """A city as forms name it."""

    name: str
    province: str
    """As forms name the province; for the four cities that are one, the city."""
    region: str
    """The four digits that invoice codes of its tax office carry."""
    plate: str
    """Begins its taxis' plates."""


CITIES = (
    City("北京市", "北京市", "1100", "京B"),
    City("上海市", "上海市", "3100", "沪A"),
    City("天津市", "天津市", "1200", "津E"),
    City("重庆市", "重庆市", "5000", "渝A"),
    City("广州市", "广东省", "4401", "粤A"),
    City("深圳市", "广东省", "4403", "粤B"),
    City("杭州市", "浙江省", "3301", "浙A"),
    City("南京市", "江苏省", "3201", "苏A"),
    City("苏州市", "江苏省", "3205", "苏E"),
    City("成都市", "四川省", "5101", "川A"),
    City("武汉市", "湖北省", "4201", "鄂A"),
    City("西安市", "陕西省", "6101", "陕A"),
    City("长沙市", "湖南省", "4301", "湘A"),
    City("青岛市", "山东省", "3702", "鲁B"),
    City("郑州市", "河南省", "4101", "豫A"),
    City("厦门市", "福建省", "3502", "闽D"),
)

STATIONS: tuple[tuple[str, str], ...] = (
    ("北京南", "Beijingnan"),
    ("北京西", "Beijingxi"),
    ("上海虹桥", "Shanghaihongqiao"),
    ("杭州东", "Hangzhoudong"),
    ("南京南", "Nanjingnan"),
    ("深圳北", "Shenzhenbei"),
    ("深圳", "Shenzhen"),
    ("广州南", "Guangzhounan"),
    ("广州东", "Guangzhoudong"),
    ("长沙南", "Changshanan"),
    ("武汉", "Wuhan"),
    ("郑州东", "Zhengzhoudong"),
    ("西安北", "Xi'anbei"),
    ("成都东", "Chengdudong"),
    ("重庆北", "Chongqingbei"),
    ("苏州", "Suzhou"),
    ("无锡东", "Wuxidong"),
    ("宁波", "Ningbo"),
    ("温州南", "Wenzhounan"),
    ("福州", "Fuzhou"),
    ("厦门北", "Xiamenbei"),
    ("南昌西", "Nanchangxi"),
    ("合肥南", "Hefeinan"),
    ("济南西", "Jinanxi"),
    ("青岛", "Qingdao"),
    ("天津", "Tianjin"),
    ("石家庄", "Shijiazhuang"),
    ("太原南", "Taiyuannan"),
    ("沈阳北", "Shenyangbei"),
    ("大连", "Dalian"),
    ("哈尔滨西", "Harbinxi"),
    ("昆明南", "Kunmingnan"),
    ("贵阳北", "Guiyangbei"),
    ("义乌", "Yiwu"),
    ("黄山北", "Huangshanbei"),
    ("呼和浩特东", "Huhehaotedong"),
)
FAMILY = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华建国文辉玲志亚欣宇浩晨曦梓涵雨泽思远嘉琪晓"
SYLLABLES = (
    "安达",
    "恒通",
    "顺风",
    "远大",
    "金桥",
    "鹏运",
    "宏业",
    "锦程",
    "华新",
    "天和",
    "瑞丰",
    "海博",
    "晨光",
    "中北",
)
TRADES = ("信息技术", "机电设备", "建筑设计", "商贸", "生物科技", "文化传播", "环保工程", "软件")


def words(text: str) -> tuple[str, ...]:
    """The words of a text."""
    return tuple(text.split())


def pairs(text: str) -> tuple[tuple[str, ...], ...]:
    """Names that belong together, joined by slashes: "广州/CAN 深圳/SZX"."""
    return tuple(tuple(word.split("/")) for word in text.split())


def person(chosen: random.Random) -> str:
    """A name of two or three letters."""
    return chosen.choice(FAMILY) + "".join(chosen.choices(GIVEN, k=chosen.choice((1, 2, 2, 2))))


def company(chosen: random.Random, city: City, trade: str) -> str:
    """A company of that trade, at home in a city."""
    home = chosen.choice((city.name, city.name.removesuffix("市")))
    return f"{home}{chosen.choice(SYLLABLES)}{trade}{chosen.choice(('有限公司', '有限公司', '有限责任公司'))}"


def digits(chosen: random.Random, count: int) -> str:
    """So many digits."""
    return "".join(chosen.choices("0123456789", k=count))


def day(chosen: random.Random, first: int, last: int) -> datetime.date:
    """A day of the years `first` to `last`."""
    return datetime.date(first, 1, 1) + datetime.timedelta(days=chosen.randrange(365 * (last - first + 1)))


def invoice_code(chosen: random.Random, city: City, when: datetime.date, kind: str) -> str:
    """A paper invoice's code: 1, region, year of printing, four digits of batch and kind, one of the copy."""
    printed = when.year - (1 if when.month < 4 else chosen.choice((0, 0, 0, 1)))
    return f"1{city.region}{printed % 100:02}{digits(chosen, 2)}{kind}"[:12].ljust(12, "1")


def credit_code(chosen: random.Random, city: City) -> str:
    """统一社会信用代码 with the right check character (GB 32100-2015)."""
    alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    body = "91" + city.region + digits(chosen, 2) + "MA" + "".join(chosen.choices(alphabet, k=7))
    total = sum(alphabet.index(c) * pow(3, n, 31) for n, c in enumerate(body))
    return body + alphabet[(31 - total % 31) % 31]


def masked_id(chosen: random.Random) -> str:
    """A person's number as tickets show it: the first ten digits, four stars, the last four."""
    tail = digits(chosen, 3) + chosen.choice("0123456789X")
    return f"{chosen.randint(11, 65)}{digits(chosen, 4)}19{chosen.randint(60, 99)}****{tail}"


_FORMAL, _PLACES = "零壹贰叁肆伍陆柒捌玖", ("", "拾", "佰", "仟")


def capitals(cents: int) -> str:
    """An amount in formal numerals, below ten thousand: 壹佰零伍元整, 叁拾元伍角整."""
    whole, rest = divmod(cents, 100)
    spelt, gap = "", False
    for place in (3, 2, 1, 0):
        digit = whole // 10**place % 10
        if digit:
            spelt += ("零" if gap and spelt else "") + _FORMAL[digit] + _PLACES[place]
        gap = digit == 0
    spelt += "元" if spelt else ""
    spelt += f"{_FORMAL[rest // 10]}角" if rest >= 10 else ""
    spelt += f"{_FORMAL[rest % 10]}分" if rest % 10 else "整"
    return spelt
