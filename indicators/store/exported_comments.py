"""The file of comments that stands beside the files of a release.

It is no part of the release, whose bytes stay as they are when a comment is added.
"""

from pathlib import Path

from indicators.comment_rows import comment_rows, comments_held, write_comments
from indicators.commentary import read_commentary
from indicators.snapshot import open_snapshot
from indicators.store.connect import Store
from indicators.store.published_comments import commentary_file
from indicators.store.stewarding import release_to_read


def export_comments(store: Store, folder: Path, release_id: str | None = None) -> Path:
    """Write the accepted comments on the figures of a release (default: the latest)."""
    release = release_to_read(store, release_id)
    held = read_commentary(commentary_file(store))
    snapshot = open_snapshot(store.snapshots / release.digest)
    comments = comments_held(snapshot, held.comments if held else ())
    return write_comments(folder, comment_rows(snapshot, release.id, comments))
