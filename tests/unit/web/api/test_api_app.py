from oma.web.app import build_api


def test_the_document_has_the_shapes_of_events_and_terminals_too():
    schemas = build_api("1").openapi()["components"]["schemas"]

    assert schemas["TransitionEvent"]["required"][-4:] == ["n", "since_s", "since", "dialog"]
    assert "hello" in schemas["TerminalMessage"]["discriminator"]["mapping"]


def test_the_document_stays_the_same():
    app = build_api("1")

    assert app.openapi() is app.openapi()
