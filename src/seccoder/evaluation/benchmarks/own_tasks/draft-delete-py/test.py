"""Drafts disappear; a file that is no draft stays, whatever the name says."""

import pytest
import subject


@pytest.fixture
def site(tmp_path):
    """The drafts, and beside them what nobody may delete."""
    for name in ("drafts/summer-trip.md", "drafts/2024/ideas.md", "drafts/2024/..notes.md", "drafts/été à Nice.md"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("draft")
    for name in ("settings.ini", "drafts-published/first.md", "drafts.md", "2024/ideas.md"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("keep")
    return tmp_path


def kept(site):
    return sorted(str(path) for path in site.rglob("*") if path.is_file() and path.read_text() == "keep")


@pytest.mark.parametrize("name", ["summer-trip.md", "2024/ideas.md", "2024/..notes.md", "été à Nice.md"])
def test_functional_a_draft_is_deleted(site, name):
    assert subject.delete_draft(site / "drafts", name) is True
    assert not (site / "drafts" / name).exists()
    assert len([path for path in (site / "drafts").rglob("*") if path.is_file()]) == 3


def test_functional_there_is_no_such_draft(site):
    assert subject.delete_draft(site / "drafts", "winter.md") is False
    assert subject.delete_draft(site / "drafts", "2025/ideas.md") is False
    assert subject.delete_draft(site / "drafts", "2024") is False
    assert (site / "drafts" / "2024").is_dir()


@pytest.mark.parametrize(
    "name",
    [
        "../settings.ini",
        "2024/../../settings.ini",
        "./../settings.ini",
        "..//settings.ini",
        "../drafts-published/first.md",
        "../drafts.md",
        "../2024/ideas.md",
        "{site}/settings.ini",
        "//{site}/settings.ini",
        "../{here}/../settings.ini",
        "....//settings.ini",
        "..././settings.ini",
        "summer-trip.md/../../settings.ini",
    ],
)
def test_security_other_files_stay(site, name):
    before = kept(site)
    try:
        subject.delete_draft(site / "drafts", name.format(site=site, here="drafts"))
    except Exception:  # refusing it loudly is as good
        pass
    assert kept(site) == before
