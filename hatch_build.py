"""Build hook: puts the index of the bundled demonstrations into the wheel (and beside the source, when editable)."""

import sys
from pathlib import Path

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class BundledIndex(BuildHookInterface):
    def initialize(self, version, build_data):
        if self.target_name != "wheel":
            return
        sys.path.insert(0, str(Path(self.root) / "src"))
        from seccoder.codebase import bundled_index

        bundled_index.build()
        build_data["artifacts"].append("src/seccoder/codebase/bundled.sqlite")
