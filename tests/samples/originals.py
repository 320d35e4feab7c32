"""Electronic originals, drawn and written by code: OFD and XML invoices of invented companies, and hostile ones."""

from __future__ import annotations

import numpy as np

from tests.samples.codes import VAT_TEXT, symbol
from tests.samples.ofd_writer import HEAD, Page, ofd_parts, png, zipped

DIGITAL = {
    "merchant": "杭州云栖餐饮管理有限公司",
    "date": "2026-06-08",
    "total": "424.00",
    "currency": "CNY",
    "invoice_number": "26332000000158213407",
    "subtotal": "400.00",
    "tax": "24.00",
    "seller_tax_id": "91330106MA2B19WL08",
    "buyer": "北京晴川科技有限公司",
    "buyer_tax_id": "91110108MA01K3QX5B",
    "address": "杭州市西湖区望湖路18号",
}
"""The fields of the fully digital invoice."""
VAT = {k: v for k, v in DIGITAL.items() if k != "address"} | {
    "invoice_number": "58213407",
    "invoice_code": "033002600111",
    "check_code": "70316529481106728354",
}
"""The fields of the older invoice."""
FISCAL = {
    "merchant": "望湖市知识产权服务中心",
    "date": "2026-06-09",
    "total": "90.00",
    "currency": "CNY",
    "invoice_number": "0010925611",
    "invoice_code": "33010126",
    "check_code": "b05e2a",
    "buyer": "北京晴川科技有限公司",
}
"""The fields of the receipt of a public body."""
RAILWAY = {
    "date": "2026-05-06",
    "total": "71.00",
    "currency": "CNY",
    "invoice_number": "26339132621000219582",
    "subtotal": "65.14",
    "tax": "5.86",
    "buyer": "北京晴川科技有限公司",
    "buyer_tax_id": "91110108MA01K3QX5B",
    "passenger": "林晓",
    "origin_station": "杭州东",
    "destination_station": "宁波",
    "train_number": "G7352",
}
"""The fields of the railway e-ticket: its date is the day of travel."""


def digital_xml(extra: str = "") -> bytes:
    """A fully digital VAT invoice (数电票). extra: elements behind its items."""
    f = DIGITAL
    item = (
        "<IssuItemInformation><ItemName>{0}</ItemName><SpecMod/><MeaUnits>份</MeaUnits><Quantity>{1}</Quantity>"
        "<UnPrice>{2}</UnPrice><Amount>{3}</Amount><TaxRate>0.06</TaxRate><ComTaxAm>{4}</ComTaxAm></IssuItemInformation>"
    )
    items = item.format("*餐饮服务*餐费", "2", "150", "300.00", "18.00")
    items += item.format("*餐饮服务*酒水", "1", "100", "100.00", "6.00")
    return (
        f"{HEAD}<EInvoice><Header><EIid>{f['invoice_number']}</EIid><EInvoiceTag>SWEI3200</EInvoiceTag>"
        "<Version>0.4</Version><InherentLabel><EInvoiceType><LabelCode>01</LabelCode><LabelName>电子发票</LabelName>"
        "</EInvoiceType><GeneralOrSpecialVAT><LabelCode>02</LabelCode><LabelName>普通发票</LabelName>"
        "</GeneralOrSpecialVAT></InherentLabel></Header><EInvoiceData>"
        f"<SellerInformation><SellerIdNum>{f['seller_tax_id']}</SellerIdNum><SellerName>{f['merchant']}</SellerName>"
        f"<SellerAddr>{f['address']}</SellerAddr><SellerTelNum>0571-5550188</SellerTelNum></SellerInformation>"
        f"<BuyerInformation><BuyerIdNum>{f['buyer_tax_id']}</BuyerIdNum><BuyerName>{f['buyer']}</BuyerName>"
        f"</BuyerInformation><BasicInformation><TotalAmWithoutTax>{f['subtotal']}</TotalAmWithoutTax>"
        f"<TotalTaxAm>{f['tax']}</TotalTaxAm><TotalTax-includedAmount>{f['total']}</TotalTax-includedAmount>"
        "<TotalTax-includedAmountInChinese>肆佰贰拾肆圆整</TotalTax-includedAmountInChinese><Drawer>吴桐</Drawer>"
        f"<RequestTime>{f['date']} 12:36:05</RequestTime></BasicInformation>{items}{extra}</EInvoiceData>"
        f"<TaxSupervisionInfo><InvoiceNumber>{f['invoice_number']}</InvoiceNumber><IssueTime>{f['date']}</IssueTime>"
        "<TaxBureauName>国家税务总局浙江省税务局</TaxBureauName></TaxSupervisionInfo></EInvoice>"
    ).encode()


def vat_xml() -> bytes:
    """The invoice that lies in the OFD of an older electronic VAT invoice."""
    f = VAT
    values = {
        "InvoiceCode": f["invoice_code"],
        "InvoiceNo": f["invoice_number"],
        "IssueDate": "2026年06月08日",
        "InvoiceCheckCode": f["check_code"],
    }
    head = "".join(f"<fp:{name}>{value}</fp:{name}>" for name, value in values.items())
    return (
        f'{HEAD}<eInvoice xmlns:fp="http://www.edrm.org.cn/schema/e-invoice/2019" Version="1.0">{head}'
        f"<fp:Buyer><fp:BuyerName>{f['buyer']}</fp:BuyerName><fp:BuyerTaxID>{f['buyer_tax_id']}</fp:BuyerTaxID></fp:Buyer>"
        f"<fp:Seller><fp:SellerName>{f['merchant']}</fp:SellerName><fp:SellerTaxID>{f['seller_tax_id']}</fp:SellerTaxID>"
        f"</fp:Seller><fp:TaxInclusiveTotalAmount>{f['total']}</fp:TaxInclusiveTotalAmount>"
        f"<fp:TaxTotalAmount>{f['tax']}</fp:TaxTotalAmount>"
        f"<fp:TaxExclusiveTotalAmount>{f['subtotal']}</fp:TaxExclusiveTotalAmount><fp:GoodsInfos><fp:GoodsInfo>"
        "<fp:Item>*餐饮服务*餐费</fp:Item><fp:Price>400</fp:Price><fp:Quantity>1</fp:Quantity><fp:Amount>400.00</fp:Amount>"
        "<fp:TaxScheme>6%</fp:TaxScheme><fp:TaxAmount>24.00</fp:TaxAmount></fp:GoodsInfo></fp:GoodsInfos></eInvoice>"
    ).encode()


def fiscal_xml() -> bytes:
    """The electronic receipt of a public body (财政电子票据)."""
    f = FISCAL
    return (
        f"{HEAD}<EInvoice><Header><EInvoiceTag>CZ-EI</EInvoiceTag><Version>V1.1.0</Version></Header><EInvoiceData><Main>"
        f"<EInvoiceName>非税收入统一票据（电子）</EInvoiceName><EInvoiceCode>{f['invoice_code']}</EInvoiceCode>"
        f"<EInvoiceNumber>{f['invoice_number']}</EInvoiceNumber><RandomNumber>{f['check_code']}</RandomNumber>"
        f"<TotalAmount>{f['total']}</TotalAmount><TotalAmountCapital>玖拾元整</TotalAmountCapital>"
        f"<IssueDate>20260609</IssueDate><IssueTime>09:30:00</IssueTime>"
        f"<InvoicingParty><InvoicingPartyName>{f['merchant']}</InvoicingPartyName></InvoicingParty>"
        f"<PayerParty><PayerPartyName>{f['buyer']}</PayerPartyName></PayerParty></Main><Details>"
        "<Item><ItemName>专利年费</ItemName><ItemQuantity>1</ItemQuantity><ItemStd>90.00</ItemStd>"
        "<ItemAmount>90.00</ItemAmount></Item></Details></EInvoiceData></EInvoice>"
    ).encode()


def railway_xml() -> bytes:
    """A railway e-ticket (铁路电子客票) as the ministry's voucher."""
    f = RAILWAY
    values = {
        "TypeOfVoucher": "电子发票（铁路电子客票）",
        "ElectronicInvoiceRailwayETicketNumber": f["invoice_number"],
        "DateOfIssue": "2026-05-20",
        "TypeOfBusiness": "售",
        "DepartureStation": f["origin_station"],
        "DestinationStation": "宁波站",
        "TrainNumber": f["train_number"],
        "TravelDate": f["date"],
        "DepartureTime": "08:15",
        "SeatLevel": "二等座",
        "Carriage": "05",
        "Seat": "12F",
        "Fare": f["total"],
        "IdNumber": "3301021990****0013",
        "Name": f["passenger"],
        "TotalAmountExcludingTax": f["subtotal"],
        "TaxRate": "0.09",
        "TaxAmount": f["tax"],
        "NameOfPurchaser": f["buyer"],
        "UnifiedSocialCreditCodeOfPurchaser": f["buyer_tax_id"],
    }
    facts = "".join(f'<rai:{n} contextRef="c">{v}</rai:{n}>' for n, v in values.items())
    return (
        f'{HEAD}<xbrl xmlns="http://www.xbrl.org/2003/instance" xmlns:rai="http://xbrl.mof.gov.cn/taxonomy/2021-11-30/rai">'
        f'<context id="c"><entity><identifier scheme="http://xbrl.mof.gov.cn">{f["invoice_number"]}</identifier></entity>'
        f"<period><instant>2026-05-20</instant></period></context>{facts}</xbrl>"
    ).encode()


def vat_page() -> tuple[Page, dict[str, int]]:
    """The page of an older electronic VAT invoice, and the objects that hold its values, by their tags."""
    page, f = Page(), VAT
    page.text(75, 14, "浙江增值税电子普通发票", 6)
    page.picture("78", 8, 4, 20, 20)
    ids: dict[str, int] = {}
    for n, (label, tag, value) in enumerate(
        (
            ("发票代码：", "InvoiceCode", f["invoice_code"]),
            ("发票号码：", "InvoiceNo", f["invoice_number"]),
            ("开票日期：", "IssueDate", "2026年06月08日"),
            ("校 验 码：", "InvoiceCheckCode", "70316 52948 11067 28354"),
        )
    ):
        page.text(148, 9 + 5.5 * n, label)
        ids[tag] = page.text(164, 9 + 5.5 * n, value)
    for top, party, prefix in ((35, "buyer", "Buyer"), (108, "merchant", "Seller")):
        page.text(25, top, "名称：")
        ids[f"{prefix}Name"] = page.text(36, top, f[party])
        page.text(14, top + 5, "纳税人识别号：")
        ids[f"{prefix}TaxID"] = page.text(36, top + 5, f["buyer_tax_id" if party == "buyer" else "seller_tax_id"])
    page.text(6, 60, "*餐饮服务*餐费")
    page.text(150, 60, "400.00")
    page.text(190, 60, "24.00")
    page.text(20, 94, "合    计")
    ids["TaxExclusiveTotalAmount"] = page.text(150, 94, "400.00")
    ids["TaxTotalAmount"] = page.text(190, 94, "24.00")
    page.text(16, 101, "价税合计（大写）")
    page.text(60, 101, "肆佰贰拾肆圆整")
    page.text(150, 101, "（小写）")
    ids["TaxInclusiveTotalAmount"] = page.text(168, 101, "¥424.00")
    return page, ids


def vat_tags(ids: dict[str, int]) -> str:
    """Which objects hold which value, spelt as badly as a real maker does."""

    def refs(*names: str) -> str:
        return "".join(f'<{n}><ofd:ObjectRef PageRef="1">{ids[n]}</ofd:ObjectRef></{n}>' for n in names)

    plain = refs(*(n for n in ids if n[:5] not in ("Buyer", "Selle")))
    parties = f"<Buyer>{refs('BuyerName', 'BuyerTaxID')}</Buyer><Seller>{refs('SellerName', 'SellerTaxID')}</Seller>"
    return f'{HEAD}<:eInvoice xmlns:="">{plain}{parties}</:eInvoice>'


def vat_ofd(attach: bool = True, tag: bool = True, data: dict[str, str] | None = None) -> bytes:
    """An older electronic VAT invoice as OFD, with the invoice attached and tagged."""
    page, ids = vat_page()
    attached = {"original_invoice.xml": vat_xml()} if attach else {}
    pictures = {"78": png(symbol(VAT_TEXT, 6))}
    return zipped(ofd_parts([page], attached, vat_tags(ids) if tag else "", data, pictures))


def digital_ofd() -> bytes:
    """A fully digital invoice as OFD with its XML attached, and a second page."""
    page, second = Page(), Page()
    page.text(75, 14, "电子发票（普通发票）", 6)
    page.text(148, 9, "发票号码：" + DIGITAL["invoice_number"])
    page.text(148, 15, "开票日期：2026年06月08日")
    page.text(14, 35, "名称：" + DIGITAL["buyer"])
    page.text(114, 35, "名称：" + DIGITAL["merchant"])
    page.text(14, 101, "价税合计（大写） 肆佰贰拾肆圆整")
    page.text(150, 101, "（小写）¥424.00")
    second.text(20, 20, "备注：本页为附页，无发票数据")
    return zipped(ofd_parts([page, second], {"einvoice.xml": digital_xml()}))


def railway_ofd() -> bytes:
    """A railway e-ticket as OFD."""
    page = Page(190, 90)
    page.text(60, 12, "电子发票（铁路电子客票）", 5)
    page.text(20, 30, "杭州东站", 5)
    page.text(80, 30, "G7352", 5)
    page.text(130, 30, "宁波站", 5)
    page.text(20, 40, "2026年05月06日 08:15开")
    page.text(20, 48, "票价：￥71.00")
    return zipped(ofd_parts([page], {"rai_issuer_26339132621000219582.xml": railway_xml()}))


def drawn_ofd() -> bytes:
    """An OFD that only draws: nothing attached, no tags."""
    page, _ = vat_page()
    return zipped(ofd_parts([page], pictures={"78": png(symbol(VAT_TEXT, 6))}))


def picture_ofd(pixels: np.ndarray) -> bytes:
    """An OFD that is a scan: one picture on the whole page."""
    page = Page(100, 100 * pixels.shape[0] / pixels.shape[1])
    page.picture("7", 0, 0, page.width, page.height)
    return zipped(ofd_parts([page], pictures={"7": png(pixels)}))


def many_pages_ofd(count: int) -> bytes:
    """An OFD that says it has so many pages; the first is there."""
    parts = ofd_parts([Page()])
    pages = "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/Page_1/Content.xml"/>' for n in range(count))
    document = str(parts["Doc_0/Document.xml"])
    start, end = document.index("<ofd:Pages>"), document.index("</ofd:Pages>")
    parts["Doc_0/Document.xml"] = document[:start] + "<ofd:Pages>" + pages + document[end:]
    return zipped(parts)


def with_part(name: str, content: bytes | str) -> bytes:
    """The older invoice with a part replaced or added."""
    page, ids = vat_page()
    parts = ofd_parts([page], {"original_invoice.xml": vat_xml()}, vat_tags(ids))
    return zipped({**parts, name: content})


def without_part(name: str) -> bytes:
    """The older invoice without one of its parts."""
    page, ids = vat_page()
    parts = ofd_parts([page], {"original_invoice.xml": vat_xml()}, vat_tags(ids))
    del parts[name]
    return zipped(parts)


BILLION_LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE EInvoice [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True))
    + "]><EInvoice><Header><EIid>&j;</EIid></Header></EInvoice>"
).encode()
EXTERNAL_ENTITY = (
    b'<?xml version="1.0"?><!DOCTYPE EInvoice [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    b"<EInvoice><Header><EIid>&x;</EIid></Header></EInvoice>"
)
DEEP = b"<EInvoice>" + b"<a>" * 5_000 + b"</a>" * 5_000 + b"</EInvoice>"
