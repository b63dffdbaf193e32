import pytest

from service.cli.run import run_async
from service.stack.progress import Progress


def test_progress_goes_to_standard_error_in_plain_lines(
    capsys: pytest.CaptureFixture[str],
) -> None:
    progress = Progress()
    with progress.during("Starting"):
        progress.say("The [tables] are up to date.")
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err == "Starting ...\nThe [tables] are up to date.\n"


def test_an_asynchronous_command_gives_its_result_and_its_failure() -> None:
    async def work() -> int:
        return 7

    async def fail() -> int:
        raise ValueError("no")

    assert run_async(work()) == 7
    with pytest.raises(ValueError, match="no"):
        run_async(fail())
