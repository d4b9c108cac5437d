"""Tell what is decided, as JSON: ``python -m hadrill.harness.reference.tell_decisions``."""

import json
import sys
from dataclasses import asdict

from hadrill.harness.reference.decisions import Decisions

if __name__ == "__main__":
    sys.stdout.write(json.dumps(asdict(Decisions())))
