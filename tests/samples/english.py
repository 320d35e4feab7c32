"""Drawn English receipts and invoices: invented shops, honest sums."""

from __future__ import annotations

from tests.samples.paper import Paper


def cafe() -> tuple[Paper, dict[str, str | None]]:
    paper = Paper(620, 1200)
    paper.centre("HARBOUR LANE COFFEE SDN BHD", 30, "bold")
    paper.centre("12 Jalan Pelabuhan, 50100 Kuala Lumpur", 21)
    paper.centre("GST No: 000482915328", 21)
    paper.rule()
    paper.row("Receipt No: HL-20417", "Table 6", 23)
    paper.row("Date: 14/03/2026", "Time: 09:42", 23)
    paper.rule()
    for name, amount in (("2 x Flat White", "24.00"), ("1 x Almond Croissant", "11.50"), ("1 x Still Water", "4.50")):
        paper.row(name, amount, 25)
    paper.rule()
    paper.row("Subtotal", "40.00", 25)
    paper.row("Service Tax 6%", "2.40", 25)
    paper.row("TOTAL  RM", "42.40", 32, "bold")
    paper.row("Cash", "50.00", 25)
    paper.row("Change", "7.60", 25)
    paper.rule()
    paper.centre("Thank you, please come again", 22)
    paper.crop_below()
    return paper, {
        "merchant": "HARBOUR LANE COFFEE SDN BHD",
        "date": "2026-03-14",
        "total": "42.40",
        "tax": "2.40",
        "currency": "MYR",
        "invoice_number": "HL-20417",
    }


def stationer() -> tuple[Paper, dict[str, str | None]]:
    paper = Paper(600, 1200)
    paper.centre("Penrose & Daughters Stationers", 30, "bold")
    paper.centre("48 Mill Street, Norwich NR3 1BG", 22)
    paper.centre("VAT Reg No: GB 219 4471 06", 22)
    paper.rule()
    paper.row("02 April 2026", "16:05", 24)
    paper.row("Invoice No: 0073318", "", 24)
    paper.rule()
    for name, amount in (
        ("Copy paper A4 x5", "£22.50"),
        ("Lever arch files x10", "£31.00"),
        ("Toner cartridge", "£64.90"),
    ):
        paper.row(name, amount, 25)
    paper.rule()
    paper.row("Net", "£98.67", 25)
    paper.row("VAT 20%", "£19.73", 25)
    paper.row("Total", "£118.40", 32, "bold")
    paper.row("Card ************4417", "£118.40", 23)
    paper.crop_below()
    return paper, {
        "merchant": "Penrose & Daughters Stationers",
        "date": "2026-04-02",
        "total": "118.40",
        "subtotal": "98.67",
        "tax": "19.73",
        "currency": "GBP",
        "invoice_number": "0073318",
    }


def hardware() -> tuple[Paper, dict[str, str | None]]:
    paper = Paper(600, 1200)
    paper.centre("BLUE RIDGE HARDWARE", 34, "bold")
    paper.centre("2207 Cedar Ave, Asheville, NC 28801", 22)
    paper.centre("(828) 555-0142", 22)
    paper.rule()
    paper.row("05/21/2026 11:18 AM", "Reg 03", 24)
    paper.row("Trans # 448120", "", 24)
    paper.rule()
    for name, amount in (
        ("WOOD SCREWS 2IN", "8.49"),
        ("PAINT ROLLER SET", "14.99"),
        ("LED BULB 4PK", "11.29"),
        ("DUCT TAPE", "6.79"),
    ):
        paper.row(name, amount, 25)
    paper.rule()
    paper.row("SUBTOTAL", "$41.56", 25)
    paper.row("SALES TAX 7%", "$2.91", 25)
    paper.row("TOTAL", "$44.47", 32, "bold")
    paper.row("VISA", "$44.47", 24)
    paper.crop_below()
    return paper, {
        "merchant": "BLUE RIDGE HARDWARE",
        "date": "2026-05-21",
        "total": "44.47",
        "subtotal": "41.56",
        "tax": "2.91",
        "currency": "USD",
    }


def hotel() -> tuple[Paper, dict[str, str | None]]:
    paper = Paper(1100, 1300, (253, 253, 252))
    paper.text(70, 60, "Seaview Terrace Hotel", 44, "bold")
    paper.text(70, 122, "9 Promenade Road, Brighton BN1 2FG", 24)
    paper.text(1030, 66, "INVOICE", 40, "bold", anchor="ra")
    paper.top = 210
    paper.row("Invoice No: SV-2026-00981", "Invoice date: 19 June 2026", 26, margin=70)
    paper.row("Guest: A. Whitcombe", "Room 214", 26, margin=70)
    paper.rule(70, 24)
    paper.row("Description", "Amount (GBP)", 26, "bold", margin=70)
    for name, amount in (("3 nights, double room", "360.00"), ("Breakfast x 3", "45.00"), ("Car park", "24.00")):
        paper.row(name, amount, 26, margin=70)
    paper.rule(70, 24)
    paper.row("Subtotal", "429.00", 26, margin=70)
    paper.row("VAT 20%", "85.80", 26, margin=70)
    paper.row("Total due", "£514.80", 34, "bold", margin=70)
    paper.top += 30
    paper.centre("Thank you for staying with us", 24)
    paper.crop_below(80)
    return paper, {
        "merchant": "Seaview Terrace Hotel",
        "date": "2026-06-19",
        "total": "514.80",
        "subtotal": "429.00",
        "tax": "85.80",
        "currency": "GBP",
        "invoice_number": "SV-2026-00981",
    }
