import pytest

from oma.detection.error_patterns import word_patterns
from oma.detection.thresholds import Thresholds
from oma.errors import ConfigError

DEFAULT = word_patterns(Thresholds().error_patterns)


@pytest.mark.parametrize(
    "line",
    [
        "Error: no such file",
        "[ERROR] disk full",
        "error",
        "it failed.",
        "The build FAILED",
        "failed to connect",
        "Loading...failed",
        "3 failed, 0 errors",
        "no errors, but 2 failed",
        "10 errors",
        "12 tests failed",
        "2 errors found",
        "error(s): 2",
        "error code 0x80070005",
        "error: 0x80070005",
        "level=error msg=disk",
        "Rate limit exceeded",
        "rate  limit",
        "Unhandled exception",
        "ValueError: invalid token",
        "  litellm.RateLimitError: slow down",
        '{"error":{"code":429}}',
        '{"code": 429, "message": "Rate limit exceeded"}',
        'msg="rate limit exceeded" code=429',
        'Error: "it" is not there',
        '"a" failed, "b" passed',
        "error: the name was not resolved",
        "the rate limit is exceeded",
        "error is: disk full",
        "-- error --",
        "java.lang.NullPointerException: x",
    ],
)
def test_a_text_that_says_that_something_is_wrong_is_found(line):
    assert DEFAULT.search(line) is not None


@pytest.mark.parametrize(
    "line",
    [
        "0 errors",
        "0 errors, 0 failed",
        "The test suite reports 0 errors and 0 failed tests",
        "0 tests failed",
        "0/12 failed",
        "no errors found",
        "No known errors.",
        "without error",
        "zero exceptions",
        "Nothing else failed.",
        "none failed",
        "it never failed",
        "not an error",
        "errors: 0",
        "failed=0",
        "error rate: 0%",
        "error-free",
        "src/error/log.txt",
        "errors.py",
        "error_handler",
        "test_failed",
        "--fail-on-error",
        "--error",
        'log.error("x")',
        "error()",
        "raise ValueError('x')",
        "except ParseError as e:",
        "handle_exception",
        "rate-limited",
        "terror: a novel",
        "error handling is now done",
        "an error handler",
        "checking the parser and possible error paths.",
        "3 failed tests were fixed, 41 passed",
        "Two errors found, rate limit exceeded; all of them are fixed now.",
        "Nothing else failed. Do you want to know more about the error path?",
        'The retry logic for HTTP 429 "rate limit exceeded" responses',
        'log.error("failed: %s", e)',
        "`ValueError: an error` is raised",
        "it says “rate limit” there",
        "Errors: none.",
        "The rate limit is 100 requests a minute",
        "rate limits are in the manual",
        "the error is not in the parser",
        "+    # rate limit exceeded",
        "-    error: disk full",
        "  12 +  failed to connect",
        "  12  13 - rate limit",
        "all good",
    ],
)
def test_a_text_that_only_mentions_the_word_is_not_found(line):
    assert DEFAULT.search(line) is None


def test_the_matched_text_is_returned():
    assert DEFAULT.search("one, two, Failed.") == "Failed"


def test_what_is_no_phrase_is_a_pattern():
    words = word_patterns(("panic:", r"^E\d+", "(a+)+$"))

    assert words.search("go panic: x") == "panic:"
    assert words.search("E17 bad") == "E17"
    assert words.search("x E17 bad") is None
    assert words.search("b" * 1_000_000) is None


def test_a_bad_pattern_is_refused():
    with pytest.raises(ConfigError, match=r"error_patterns: bad pattern '\(x'"):
        word_patterns(("error", "(x"))


def test_no_words_find_nothing():
    assert word_patterns(()).search("error") is None


def test_a_huge_line_full_of_words_is_searched():
    assert DEFAULT.search("no error " * 100_000) is None
