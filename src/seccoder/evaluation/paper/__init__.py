"""The tables and figures of the paper, again: which runs each needs, and our figures beside the paper's."""
