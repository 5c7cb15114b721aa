from oma.web.reference import reference


async def test_every_path_is_told_of_and_nothing_is_loaded_from_elsewhere(web):
    page = web.login()
    schema = (await web.get("/openapi.json", page)).json

    told = await web.get("/docs", page)

    assert told.status == 200
    text = told.body.decode()
    assert all(f" {path}</code>" in text for path in schema["paths"])
    assert "<script" not in text
    assert "http://" not in text
    assert "https://" not in text
    assert (await web.get("/docs")).status == 401


def test_what_a_schema_holds_is_escaped():
    schema = {
        "info": {"title": "<b>", "version": "1"},
        "paths": {"/<i>": {"get": {"parameters": [{"name": "<u>", "in": "query", "schema": {}}]}}},
    }

    assert not {"<b>", "<i>", "<u>"} & set(reference(schema).split())
    assert "&lt;b&gt;" in reference(schema)
