"""Commands in trouble: one sentence, nothing lost, nothing half done."""

from __future__ import annotations

from tests.core.backup.archives import described
from tests.core.backup.world import copied, rows, run_sql, stored_files
from tests.test_prepare_database import run, said

NOT_OURS = "Tệp này không phải bản sao lưu của chương trình, hoặc đã bị cắt mất một phần; hãy dùng bản khác."


# -- Backing up ---------------------------------------------------------------------------


def test_nothing_is_written_over_an_archive(saved, office):
    before = saved.read_bytes()

    done = run("backup", str(saved), TDKT_VAR=str(office))

    assert said(done) == (1, None, f"Đã có tệp {saved}; hãy đặt tên khác để giữ cả hai bản sao lưu.\n")
    assert saved.read_bytes() == before


def test_a_place_that_cannot_be_written_is_told(office, tmp_path):
    path = tmp_path / "none" / "tdkt.zip"

    done = run("backup", str(path), TDKT_VAR=str(office))

    assert said(done) == (1, None, f"Không ghi được bản sao lưu {path} (No such file or directory).\n")


def test_a_database_without_tables_is_told(tmp_path):
    done = run("backup", str(tmp_path / "tdkt.zip"), TDKT_VAR=str(tmp_path / "var"))

    assert said(done) == (1, None, "Cơ sở dữ liệu chưa được chuẩn bị; hãy chạy scripts/run --check trước.\n")
    assert [path.name for path in tmp_path.iterdir()] == ["var"]


def test_a_database_that_is_ahead_of_the_program_is_not_saved_by_halves(office, tmp_path):
    folder = copied(office, tmp_path / "var")
    run_sql(
        folder, "INSERT INTO django_migrations (app, name, applied) VALUES ('later', '0001_initial', '2027-01-01')"
    )

    done = run("backup", str(tmp_path / "tdkt.zip"), TDKT_VAR=str(folder))

    assert said(done) == (
        1,
        None,
        "Cơ sở dữ liệu đã được phiên bản mới hơn nâng cấp (bước «later.0001_initial»); "
        "hãy dùng đúng phiên bản chương trình đó.\n",
    )
    assert [path.name for path in tmp_path.iterdir()] == ["var"]


def test_what_was_spoilt_before_is_told_and_the_rest_is_saved(office, tmp_path, settings, into_the_tests):
    """Two stored files and one audit chain: an archive without them is better than none."""
    folder, path = copied(office, tmp_path / "var"), tmp_path / "tdkt.zip"
    gone, spoilt, whole = sorted((folder / "files").glob("*/*"))
    gone.unlink()
    spoilt.write_bytes(b"%PDF-")
    run_sql(folder, "UPDATE core_auditentry SET code = 'khác' WHERE unit_id = 1 AND position = 2")

    code, answer, notes = said(run("backup", str(path), TDKT_VAR=str(folder)))

    lost = sorted([gone.name, spoilt.name])
    assert code == 0
    assert (answer["missing_files"], answer["files"], answer["broken_chains"]) == (lost, 1, [1])
    assert notes == (
        "Lưu ý: 2 tệp đã mất hoặc hỏng trên đĩa nên không có trong bản sao lưu; hãy tìm lại ở bản sao lưu cũ.\n"
        "Lưu ý: nhật ký đã bị đứt từ trước; hãy chạy verify_audit để xem chỗ nào.\n"
    )
    into_the_tests(path)
    assert stored_files(settings.MEDIA_ROOT.parent) == {str(whole.relative_to(folder)): whole.read_bytes()}


# -- Restoring ----------------------------------------------------------------------------


def test_a_refused_archive_writes_nothing_at_all(saved, tmp_path):
    path, folder = tmp_path / "tdkt.zip", tmp_path / "var"
    path.write_bytes(saved.read_bytes()[:-1_000])

    done = run("restore", str(path), TDKT_VAR=str(folder))

    assert said(done) == (1, None, f"{NOT_OURS}\n")
    assert [found.name for found in folder.iterdir()] == ["secret_key"]


def test_an_archive_can_be_proven_without_restoring_it(saved, tmp_path):
    folder = tmp_path / "var"

    code, answer, errors = said(run("restore", str(saved), "--check", TDKT_VAR=str(folder)))

    assert (code, answer["at"], answer["files"], errors) == (0, described(saved)["at"], 3, "")
    assert [found.name for found in folder.iterdir()] == ["secret_key"]


def test_data_that_is_there_is_never_touched(saved, office, tmp_path):
    folder = copied(office, tmp_path / "var")
    before = rows(folder), stored_files(folder)

    done = run("restore", str(saved), TDKT_VAR=str(folder))

    entries = len(before[0]["core_auditentry"])
    assert said(done) == (
        1,
        None,
        f"Cơ sở dữ liệu đã có dữ liệu (1 tài khoản, {entries} mục nhật ký, 4 tệp); "
        "chỉ phục hồi được vào cơ sở dữ liệu mới. Hãy đặt TDKT_VAR hoặc DATABASE_URL sang nơi khác.\n",
    )
    assert (rows(folder), stored_files(folder)) == before
