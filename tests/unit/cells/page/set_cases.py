"""What a cell may set for all of Python, and what shows how it is set: the next cell finds it as it was."""

SET = [
    ("import numpy as np\nnp.set_printoptions(precision=1)", "import numpy as np\nprint(np.array([1 / 3]))"),
    ("import numpy as np\nnp.seterr(all='raise');", "import numpy as np\nprint(np.geterr())"),
    ("import random\nrandom.seed(3)", "import random\nprint(random.random())"),
    ("import numpy as np\nnp.random.seed(3)", "import numpy as np\nprint(np.random.rand())"),
    ("import sys\nsys.setrecursionlimit(700)", "import sys\nprint(sys.getrecursionlimit())"),
    ("import sys\nsys.path.append('mine')", "import sys\nprint(sys.path)"),
    ("import warnings\nwarnings.simplefilter('error')", "import warnings\nwarnings.warn('odd')"),
    ("import os\nos.environ['MINE'] = '1'", "import os\nprint(sorted(os.environ))"),
    ("from os import environ\nenviron.clear()", "import os\nprint(sorted(os.environ))"),
    (
        "import locale\nlocale.setlocale(locale.LC_ALL, 'C.UTF-8');",
        "import locale\nprint(locale.setlocale(locale.LC_ALL))",
    ),
    ("import calendar\ncalendar.setfirstweekday(6)", "import calendar\nprint(calendar.month(2024, 1))"),
    ("import csv\ncsv.field_size_limit(3);", "import csv\nprint(csv.field_size_limit())"),
    ("import decimal\ndecimal.DefaultContext.prec = 3", "import decimal\nprint(decimal.Context().prec)"),
    ("import decimal\ndecimal.getcontext().prec = 3", "import decimal\nprint(decimal.Decimal(1) / 3)"),
    ("import logging\nlogging.basicConfig(level=10, force=True)", "import logging\nprint(logging.root.level)"),
    ("import logging\nlogging.getLogger('a').setLevel(10)", "import logging\nprint(logging.getLogger('a').level)"),
    ("import logging\nlogging.disable()", "import logging\nprint(logging.root.manager.disable)"),
    ("import logging\nlogging.captureWarnings(True)", "import logging\nprint(logging._warnings_showwarning)"),
    ("import tracemalloc\ntracemalloc.start()", "import tracemalloc\nprint(tracemalloc.is_tracing())"),
]
