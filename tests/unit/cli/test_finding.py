from oma.cli.finding import Finding, warning


def test_a_finding_is_fine_bad_or_a_warning_that_is_fine():
    found = [Finding("a", ok=True, text=""), Finding("a", ok=False, text=""), warning("a", "x")]

    assert [each.label for each in found] == ["ok  ", "BAD ", "warn"]
    assert [each.ok for each in found] == [True, False, True]
