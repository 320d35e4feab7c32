"""What a piece of text looks like: times, telephone numbers, postcodes, registration numbers."""

from __future__ import annotations

import re

CLOCK = re.compile(r"(?<![\d:.])\d{1,2}:\d\d(?::\d\d)?(?!\d)")
"""A time of day."""

REGISTRATION = re.compile(
    r"(?<![A-Za-z0-9])[A-Z]{0,3}\d{4,8}(?:\s?[-·]\s?[A-Z0-9]|\s[A-Z](?=\)))(?![A-Za-z0-9])"
    r"|(?<![A-Za-z0-9])(?:\d{12}|[A-Z]{2}\d{7}\s?-\s?[A-Z])(?![A-Za-z0-9])",
    re.IGNORECASE,
)
"""A company's registration number as printed behind or under its name: 519537-X, (139386 X), 201901012345."""

BEFORE_REGISTRATION = re.compile(
    r"[\s(\[]{0,3}(?:(?<![a-z])(?:co(?:mpany)?\.?\s?)?(?:reg(?:istration)?\.?\s?(?:no)?|no)\s?[.:]{0,2})?[\s(\[]{0,3}$",
    re.IGNORECASE,
)
"""What introduces such a number, up to it: (Co. Reg. No.:"""

TAX_ID_CN = re.compile(r"(?<![0-9A-Z])[0-9A-Z]{15}(?:[0-9A-Z]{3}|[0-9A-Z]{5})?(?![0-9A-Z])")
"""统一社会信用代码 (18 characters) and the older 15 and 20 digit numbers; the caller asks for enough digits."""

POSTCODE = re.compile(r"(?<!\d)\d{5,6}(?!\d)")

STREET_NUMBER = re.compile(r"^(?:no|lot|unit|blk|block|suite|level|ground|\d{1,4}[a-z]?)\b[\s.:,-]", re.IGNORECASE)
