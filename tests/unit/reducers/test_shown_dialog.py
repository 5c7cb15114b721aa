from oma.reducers.shown_dialog import ShownDialog

ASKS = ("Proceed?", "1. Yes", "2. No")


def test_the_dialog_is_that_of_the_screen_as_it_is_now():
    shown = ShownDialog()
    assert shown.dialog() is None

    shown.lines = ASKS
    assert shown.dialog().question == "Proceed?"

    shown.lines = ("Really?", *ASKS[1:])
    assert shown.dialog().question == "Really?"

    shown.lines = ()
    assert shown.dialog() is None


def test_a_screen_that_did_not_change_is_read_once():
    shown = ShownDialog(ASKS)

    assert shown.dialog() is shown.dialog()


def test_a_label_that_was_wrapped_to_the_width_of_the_screen_is_whole():
    shown = ShownDialog(("Proceed?", "❯ 1. Yes, and for", "     ever"), 18)

    assert shown.dialog().options[0].label == "Yes, and for ever"
