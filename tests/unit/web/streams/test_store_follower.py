import trio
import trio.testing

from oma.web.streams.store_follower import follow


async def test_it_ends_with_the_store(web):
    async with trio.open_nursery() as nursery:
        nursery.start_soon(follow, web.store, web.view.feed, web.view.logs, web.view.history)
        await trio.testing.wait_all_tasks_blocked()
        web.store.close()


async def test_steps_that_were_missed_are_told_of(web, monkeypatch):
    store, feed = web.store, web.view.feed
    tails = [store.tail(capacity_steps=0), store.tail()]
    monkeypatch.setattr(type(store), "tail", lambda _store: tails.pop(0))
    numbering = feed.numbering
    web.agent(1)
    store.close()

    await follow(store, feed, web.view.logs, web.view.history)

    assert feed.numbering != numbering
