"""``python -m jaring.world make …``"""

import sys

from jaring.world.commands import main

sys.exit(main())
