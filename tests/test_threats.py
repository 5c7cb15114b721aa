"""Every row of the table of threats in docs/web.md has tests that hold it, by name."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]

TESTS = {
    "somebody without a login": (
        "test_the_page_is_code_that_a_stranger_gets_with_401",
        "test_a_stream_is_for_those_who_logged_in",
    ),
    "a page of another site, or of another port": (
        "test_browsers_of_other_sites_and_names_get_nothing",
        "test_a_page_of_another_site_gets_no_terminal",
        "test_a_page_of_another_port_gets_no_terminal_even_with_the_secret",
    ),
    "a name rebound to your machine": (
        "test_a_request_is_refused_or_not",
        "test_another_name_of_ours_is_known_too",
        "test_beyond_this_machine_no_other_port_leads_here",
    ),
    "a page that fails logins on purpose": (
        "test_a_page_of_another_origin_spends_no_code_and_locks_nobody_out",
    ),
    "a path beside the base path": ("test_below_a_base_path_is_the_same_and_nothing_beside_it",),
    "a cookie seen by another port": (
        "test_a_cookie_that_another_port_saw_writes_nothing",
        "test_a_page_of_another_port_sees_no_secret",
    ),
    "guessing": ("test_five_failures_a_minute_and_then_everybody_waits",),
    "a login address in a history, or in a preview": (
        "test_looking_at_an_address_spends_no_code",
        "test_a_code_works_once",
        "test_a_preview_spends_no_address_and_a_guest_sees_one_agent_until_revoked_from_the_page",
    ),
    "a guest who should be out": (
        "test_a_guest_whom_the_command_line_revokes_is_out_and_stays_so",
    ),
    "a first visit without TLS": (
        "test_tls_is_asked_for_next_time_too_but_not_of_this_machines_own_name",
    ),
    "an answer that comes too late": (
        "test_an_answer_that_comes_too_late_reaches_no_other_dialog",
        "test_a_page_that_has_not_seen_the_next_dialog_is_refused_and_shows_it",
    ),
    "what a browser keeps on its disk": (
        "test_no_browser_keeps_what_is_told_of_agents",
        "test_an_installed_page_is_kept_counts_rings_and_notifies",
    ),
    "an act on many that was meant for others": (
        "test_what_is_marked_is_asked_about_once_by_name_and_who_refuses_is_named",
    ),
    "hostile output": (
        "test_what_does_not_belong_in_a_browser_never_arrives",
        "test_logs_arrive_as_they_are_written_and_they_and_titles_are_text",
        "test_every_answer_carries_the_headers",
    ),
    "an address that leads elsewhere than it looks": (
        "test_a_link_is_shown_when_it_is_clicked_and_opened_by_another_click_alone",
    ),
    "names and ids that are commands": ("test_what_is_no_name_never_gets_further",),
    "an agent that takes the name of a shared one": (
        "test_an_agent_whose_name_stays_is_shared_and_no_other",
        "test_who_may_see_one_agent_hears_of_none_that_calls_itself_so",
    ),
    "a request that two servers read in two ways": (
        "test_a_body_that_two_servers_could_read_in_two_ways_is_refused",
        "test_http2_without_tls_is_not_offered",
    ),
    "a name that looks like another": ("test_what_acts_on_a_terminal_is_shown_or_dropped",),
    "paths": ("test_what_is_no_recording_of_this_directory_is_not_there",),
    "a file that is given to an agent": (
        "test_a_file_is_stored_whole_and_for_its_owner_alone",
        "test_a_name_is_made_of_what_is_safe",
        "test_two_files_of_one_name_stand_beside_each_other",
    ),
    "files that fill the disk": (
        "test_one_file_is_bounded_and_so_are_all_together",
        "test_what_was_stored_too_long_ago_is_removed_and_what_is_of_others_stays",
    ),
    "a viewer that never reads": (
        "test_a_viewer_who_does_not_read_delays_nobody",
        "test_a_peer_that_does_not_read_is_given_up",
    ),
    "too much of anything": (
        "test_there_is_a_limit",
        "test_a_ninth_terminal_of_one_login_is_refused",
        "test_a_body_is_bounded",
        "test_an_address_that_has_too_many_makes_room_for_itself_and_no_other_does",
    ),
    "a push service that is none": (
        "test_only_https_to_push_services_that_are_known_or_configured_is_sent_to",
    ),
    "a push service that reads along": (
        "test_a_payload_has_the_texts_of_the_notification_the_place_of_its_agent_and_no_more",
    ),
    "notifications for who should be out": (
        "test_a_subscription_rests_on_the_token_of_its_login",
        "test_who_sees_one_agent_alone_gets_none_and_a_wrong_number_is_refused",
    ),
    "browsers without end that subscribe": (
        "test_one_login_takes_the_place_of_no_other_by_many_browsers",
        "test_there_is_a_limit_for_all",
    ),
    "a token that leaked": ("test_a_token_that_is_taken_back_ends_what_is_open",),
}


def test_every_threat_has_tests_that_are_there():
    table = (ROOT / "docs" / "web.md").read_text().partition("| threat | what is done |")[2]
    threats = re.findall(r"^\| ([^|]+) \|", table.partition("\n\n")[0], re.MULTILINE)
    told = [threat for threat in threats if not threat.startswith("---")]
    code = "\n".join(path.read_text() for path in (ROOT / "tests").rglob("test_*.py"))
    known = set(re.findall(r"^ *(?:async )?def (test_\w+)\(", code, re.MULTILINE))

    begun = {threat: [row for row in TESTS if threat.startswith(row)] for threat in told}
    assert [threat for threat, rows in begun.items() if len(rows) != 1] == []
    assert len(told) == len(TESTS)
    assert [row for row, tests in TESTS.items() if not tests] == []
    assert {test for tests in TESTS.values() for test in tests} - known == set()
