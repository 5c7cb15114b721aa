import trio
import trio.testing

from oma.web.streams.following import follow


async def test_it_ends_with_the_store(world):
    async with trio.open_nursery() as nursery:
        nursery.start_soon(follow, world.site.store, world.site.feed, world.site.logs)
        await trio.testing.wait_all_tasks_blocked()
        world.site.store.close()


async def test_steps_that_were_missed_are_told_of(world, monkeypatch):
    site = world.site
    tails = [site.store.tail(capacity_steps=0), site.store.tail()]
    monkeypatch.setattr(type(site.store), "tail", lambda _store: tails.pop(0))
    numbering = site.feed.numbering
    world.agent(1)
    site.store.close()

    await follow(site.store, site.feed, site.logs)

    assert site.feed.numbering != numbering
