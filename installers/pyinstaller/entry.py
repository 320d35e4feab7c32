"""Where the packed program begins."""

import sys

from paddlescan.__main__ import main

sys.exit(main())
